"""The looks: calm greys and one accent for what can be acted on; stronger, safer and plainer ones beside them."""

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
    },
)
"""Dark text on a light ground."""

CONTRAST = Theme(
    name="hansa-contrast",
    primary="#ffe14d",
    secondary="#ffe14d",
    accent="#ffe14d",
    warning="#ffc266",
    error="#ffa8a8",
    success="#9dffb0",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    variables={
        "muted": "#d6d6d6",
        "faint": "#8c8c8c",
        "right": "#9dffb0",
        "wrong": "#ffa8a8",
    },
)
"""White on black, every text at a contrast of 7 or more, lines that can be seen."""

COLOUR_BLIND = Theme(
    name="hansa-colour-blind",
    primary="#f0e442",
    secondary="#f0e442",
    accent="#f0e442",
    warning="#e69f00",
    error="#e69f00",
    success="#56b4e9",
    foreground="#d7dcdf",
    background="#15191c",
    surface="#15191c",
    panel="#20262a",
    dark=True,
    variables={
        "muted": "#949da3",
        "faint": "#3a4349",
        "right": "#56b4e9",
        "wrong": "#e69f00",
    },
)
"""Blue for right and orange for wrong, by Okabe and Ito: every kind of colour vision tells them apart."""

TERMINAL = Theme(
    name="hansa-terminal",
    ansi=True,
    primary="ansi_magenta",
    secondary="ansi_magenta",
    accent="ansi_magenta",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    dark=True,
    variables={
        "muted": "ansi_default",
        "faint": "ansi_bright_black",
        "right": "ansi_green",
        "wrong": "ansi_red",
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "scrollbar": "ansi_magenta",
        "scrollbar-background": "ansi_default",
    },
)
"""The colours that the user gave the terminal; magenta, as it can be read on black and on white."""

LOOKS = {
    "dark": DARK,
    "light": LIGHT,
    "contrast": CONTRAST,
    "colour-blind": COLOUR_BLIND,
    "terminal": TERMINAL,
}
"""Each theme by its name in the settings, the default first."""


def look_after(look: str) -> str:
    """The look that follows another, the first after the last."""
    names = list(LOOKS)
    return names[(names.index(look) + 1) % len(names)]
