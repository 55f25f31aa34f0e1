"""The word that names each kind of callout, for pages and printed lines."""

from __future__ import annotations

from course.model import CalloutKind

from .language import _, in_sense


def callout_word(kind: CalloutKind) -> str:
    """The word that names a callout."""
    return {
        CalloutKind.NOTE: in_sense("callout", "Note"),
        CalloutKind.TIP: _("Tip"),
        CalloutKind.IMPORTANT: _("Important"),
        CalloutKind.WARNING: _("Warning"),
        CalloutKind.CAUTION: _("Caution"),
    }[kind]
