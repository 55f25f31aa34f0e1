"""How far the guides are made ready, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import _

if TYPE_CHECKING:
    from index.model import Progress


def preparing_words(progress: Progress) -> str:
    """A share of the passages, which take nearly all of the time; the short steps have none."""
    if progress.words != "embedding passages" or not progress.total:
        return _("Preparing the guides …")
    percent = 100 * progress.done // progress.total
    return _("Preparing the guides, only this once: {percent} %").format(percent=percent)
