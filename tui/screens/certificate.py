"""The certificate of a module, of a path, or of the course: what it says, the name on it, its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Input

from course.certificate import Missing
from course.errors import CourseError
from course.learner_name import LONGEST_NAME, keep_name
from course.learning_paths import LearningPath
from tui.certificates import document_of, encoded, file_name, read_earned, read_earned_on, write
from tui.commands import Command, bindings
from tui.language import _
from tui.messages import Failed
from tui.paragraphs import UnshownLetters, unshown_words
from tui.saving import saves
from tui.styled import said
from tui.widgets.paragraphs import ParagraphsView
from tui.widgets.prose import TextView
from tui.widgets.question import PlainInput
from tui.widgets.rows import Row, RowList

from .lists import ListScreen
from .page import BACK, HELP, Page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from course.model import Module
    from tui.certificates import Earned

PDF, MARKDOWN, RENAME = "pdf", "markdown", "rename"
"""Values of the lines that can be chosen."""
_SUFFIXES = {PDF: ".pdf", MARKDOWN: ".md"}


class CertificateScreen(Page):
    """Shows a certificate and saves it; or tells what is missing, with the way there."""

    ABOUT = _(
        "A certificate tells what you completed: every lesson read and every quiz passed.\n"
        "The name on it is asked for once; e changes it. It stays on your machine.\n"
        "s saves the certificate as a PDF, m as Markdown; no file is replaced unasked."
    )
    OFFERED: ClassVar = (
        Command("save_pdf", "s", _("Save as PDF"), _("Save the certificate as a PDF.")),
        Command("save_markdown", "m", _("As Markdown"), _("Save the certificate as Markdown.")),
        Command("rename", "e", _("Name"), _("Change the name on certificates.")),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(OFFERED)

    @dataclass
    class Known(Message):
        """The record was read."""

        earned: Earned
        """What it says."""

    @dataclass
    class Saved(Message):
        """The file was written."""

        file: Path
        """Where it stands."""

    @dataclass
    class Taken(Message):
        """There is a file of that name already."""

        kind: str
        """What was to be written."""
        file: Path
        """The file that is there."""

    def __init__(self, of: Sequence[Module] | LearningPath) -> None:
        super().__init__(where=_("Certificate"))
        self._of = of
        self._earned: Earned | None = None
        self._naming = False

    def body(self) -> ComposeResult:
        """A word until the record is read."""
        with RowList(id="certificate"):
            yield TextView(said(_("Looking up what you completed …"), "$muted"), id="told", classes="gap")
            yield PlainInput(_("Your name, as it is to stand on the certificate"), id="name")
            yield ParagraphsView(id="certificate-text")

    def on_mount(self) -> None:
        """Read the record."""
        line = self.query_one("#name", PlainInput)
        line.max_length = LONGEST_NAME
        line.display = False
        self._read()

    # The record

    @saves("certificate", exclusive=True)
    def _read(self, name: str | None = None) -> None:
        """Read what is completed, a name kept first where one is given."""
        services = self.hansa.services
        try:
            if name is not None:
                keep_name(services.record, name, services.clock())
            self.post_message(self.Known(self._earned_now()))
        except CourseError as error:
            self.post_message(Failed(error.message))

    def _earned_now(self) -> Earned:
        services = self.hansa.services
        if isinstance(self._of, LearningPath):
            return read_earned_on(services, self._of)
        return read_earned(services, self._of)

    @on(Known)
    async def _show(self, event: Known) -> None:
        self._earned = event.earned
        self._naming = event.earned.completed and not event.earned.name
        await self._show_state()

    async def _show_state(self) -> None:
        """Show what is missing, the line for the name, or the certificate."""
        earned = self._earned
        if earned is None:
            return
        line = self.query_one("#name", PlainInput)
        line.display = self._naming
        self.query_one("#told", TextView).show(said(self._words(earned)))
        await self.query(Row).remove()
        rows = [] if self._naming else _rows(earned)
        await self.query_one(RowList).mount_all(rows, before="#certificate-text")
        shown = earned.completed and not self._naming
        self.query_one(ParagraphsView).show(document_of(self.hansa.services, earned) if shown else ())
        if self._naming:
            line.value = earned.name
            line.focus()
        elif rows:
            rows[0].focus()
        self.refresh_bindings()

    def _words(self, earned: Earned) -> str:
        if not earned.completed:
            if earned.path_id:
                words = _("Of {title}, these steps are left:")
                return words.format(title=earned.title)
            if len(earned.found) == 1:
                return earned.missing[0][1]
            words = _("{done} of {count} modules are completed. These are left:")
            return words.format(done=len(earned.complete), count=len(earned.found))
        if self._naming:
            return _("Which name is to stand on it? Type it and press enter.")
        return _("You have completed {title}.").format(title=earned.title)

    @on(Input.Submitted, "#name")
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self._read(event.value)

    # Saving

    @saves("certificate", exclusive=True)
    def _save(self, kind: str, *, replace: bool = False) -> None:
        services, earned = self.hansa.services, self._earned
        if earned is None:
            return
        file = services.paths.certificates / file_name(earned, _SUFFIXES[kind])
        if file.is_file() and not replace:
            self.post_message(self.Taken(kind, file))
            return
        try:
            data = encoded(document_of(services, earned), services.language, as_pdf=kind == PDF)
            file.parent.mkdir(parents=True, exist_ok=True)
            write(file, data, replace=replace)
            self.post_message(self.Saved(file))
        except UnshownLetters as error:
            self.post_message(Failed(unshown_words(error.letters)))
        except OSError as error:
            words = _("{file} cannot be written: {reason}. `hansa certificate -o FILE` writes it elsewhere.")
            self.post_message(Failed(words.format(file=file, reason=error.strerror)))

    @on(Saved)
    def _tell_saved(self, event: Saved) -> None:
        self.query_one("#told", TextView).show(said(_("Saved: {file}").format(file=event.file)))

    @on(Taken)
    def _ask_to_replace(self, event: Taken) -> None:
        rows = [Row(_("Keep the file that is there")), Row(_("Replace it"), event.kind)]

        def chosen(replace: object) -> None:
            if replace is not None:
                self._save(event.kind, replace=True)

        self.app.push_screen(ListScreen(_("There is such a file"), event.file.name, rows), chosen)

    # Doing

    @on(Row.Chosen)
    async def _chosen(self, event: Row.Chosen) -> None:
        event.stop()
        value = event.row.value
        if value == RENAME:
            await self.action_rename()
        elif value in _SUFFIXES:
            self._save(str(value))
        else:
            self.hansa.open_place(str(value))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Saving is offered while a certificate is shown."""
        if action in {"save_pdf", "save_markdown", "rename"}:
            return self._earned is not None and self._earned.completed and not self._naming
        return super().check_action(action, parameters)

    def action_save_pdf(self) -> None:
        """Save as a PDF."""
        self._save(PDF)

    def action_save_markdown(self) -> None:
        """Save as Markdown."""
        self._save(MARKDOWN)

    async def action_rename(self) -> None:
        """Ask for the name again."""
        self._naming = True
        await self._show_state()

    def action_back(self) -> None:
        """Leave the line for the name, else the page."""
        if self._naming and self._earned is not None and self._earned.name:
            self._naming = False
            self.call_later(self._show_state)
        else:
            self.dismiss()


def _rows(earned: Earned) -> list[Row]:
    """What can be done with the certificate, or towards it."""
    if earned.completed:
        return [
            Row(_("Save as PDF"), PDF),
            Row(_("Save as Markdown"), MARKDOWN),
            Row(_("Change the name: {name}").format(name=earned.name), RENAME),
        ]
    wanting = [(module, one) for module, one in earned.found if isinstance(one, Missing)]
    if len(earned.found) > 1 or earned.path_id:
        checks = [Row(check.title, check.ref) for check in earned.unchecked]
        ways = ((module, _ways(module, one)) for module, one in wanting)
        return [*checks, *(Row(module.title, rows[0].value) for module, rows in ways if rows)]
    return [row for module, one in wanting for row in _ways(module, one)]


def _ways(module: Module, missing: Missing) -> list[Row]:
    """A line for each lesson and quiz that a module still wants."""
    rows = [Row(_("Read {title}").format(title=head.title), head.id) for head in missing.lessons]
    if missing.quiz:
        rows.append(Row(_("Take the quiz of {title}").format(title=module.title), module.quiz_id))
    return rows
