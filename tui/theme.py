"""The two themes: calm greys, one accent for what can be acted on."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="hansa-dark",
    primary="#6fc3c9",
    secondary="#8fb8bb",
    accent="#6fc3c9",
    warning="#d9b36c",
    error="#e58a85",
    success="#8cc99a",
    foreground="#d7dcdf",
    background="#15191c",
    surface="#15191c",
    panel="#20262a",
    dark=True,
    variables={
        "muted": "#949da3",
        "faint": "#3a4349",
        "right": "#8cc99a",
        "wrong": "#e58a85",
        "marked": "#2c3d40",
    },
)
"""Light text on a dark ground."""

LIGHT = Theme(
    name="hansa-light",
    primary="#0b6a72",
    secondary="#3c6d72",
    accent="#0b6a72",
    warning="#7d5300",
    error="#a32a22",
    success="#1f6b35",
    foreground="#23292d",
    background="#faf9f6",
    surface="#faf9f6",
    panel="#eeece6",
    dark=False,
    variables={
        "muted": "#626a70",
        "faint": "#cfccc4",
        "right": "#1f6b35",
        "wrong": "#a32a22",
        "marked": "#d5e6e4",
    },
)
"""Dark text on a light ground."""

THEMES = (DARK, LIGHT)
"""Both, the default first."""


def opposite(name: str) -> str:
    """The name of the other theme."""
    return LIGHT.name if name == DARK.name else DARK.name
