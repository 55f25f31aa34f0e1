"""The application that shows an author one file of a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from course.errors import NotFound
from course.file_names import translation_of
from course.references import find

from . import screens
from .app import COURSE, HansaApp

if TYPE_CHECKING:
    from collections.abc import Collection

    from course.model import Module

    from .previewing import PreviewServices, Reading
    from .trail import Spot


class PreviewApp(HansaApp):
    """Hansa with the preview in place of the home screen."""

    CSS_PATH = "app.tcss"

    def __init__(
        self, services: PreviewServices, reading: Reading, module: Module, guides: Collection[str]
    ) -> None:
        super().__init__(services)
        services.course = reading.course
        self._modes[COURSE] = lambda: screens.PreviewScreen(reading, module, guides)

    @work(exclusive=True, group="open", exit_on_error=False)
    async def open_place(self, ref: str, spot: Spot | None = None) -> None:  # noqa: ARG002 - a file is shown from its first page
        """Preview the file that a link leads to."""
        page = self.screen_stack[0]
        try:
            found = find(self.services.course, ref)
        except NotFound as error:
            self.tell(error.message, error=True)
            return
        path = found.module.path / "module.md"
        if found.lesson is not None:
            path = found.lesson.path
        elif found.is_quiz and found.module.quiz_path is not None:
            path = found.module.quiz_path
        if isinstance(page, screens.PreviewScreen):
            page.open_file(translation_of(path, self.services.language) or path)
