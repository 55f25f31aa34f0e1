"""How far a sheet of the workbook is filled in, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.workbook import State

from .language import _

if TYPE_CHECKING:
    from course.workbook import Sheet


def state_words(sheet: Sheet) -> str:
    """Empty, begun with the number of fields, or filled."""
    if sheet.state is State.EMPTY:
        return _("empty")
    if sheet.state is State.FILLED:
        return _("filled")
    count = len(sheet.values)
    return _("begun, {done} of {count}").format(done=count - len(sheet.empty_fields), count=count)
