"""What the screens and commands work with, opened on first use."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from threading import RLock, Thread
from typing import TYPE_CHECKING

from .language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from assistant import Assistant
    from assistant.chat import ChatModel
    from assistant.chat_settings import ChatSettings
    from assistant.history import History
    from course.learning_paths import LearningPaths
    from course.model import Course
    from course.record import LearnerRecord
    from course.self_check import SelfCheckHead
    from course.workbook import Workbook
    from index.collection import Collection
    from index.model import Progress
    from index.search import GuideIndex
    from tui.course_search import CourseSearch
    from tui.drafts import Drafts
    from tui.intake import Intake
    from tui.paths import Paths
    from tui.preferences import Preferences

LEAVING_SECONDS = 0.3
"""How long closing waits for guides that are being added; what is not published by then is taken in again."""


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass
class Services:
    """Course, learner record, guides and assistant of one user.

    Every part is opened when it is first asked for, from any thread, and only once. The record never
    waits for the guides, which take some seconds to prepare the first time. Errors of a part
    (`CourseError`, `GuideIndexError`) reach the caller.
    """

    paths: Paths
    course_folders: Sequence[Path] = ()
    """Folders of modules to show beside those that ship."""
    guide_paths: Sequence[Path] = ()
    """Files and folders to answer from, in place of the collection."""
    clock: Callable[[], datetime] = now
    language: str = "en"
    """Language to read the course in, where there is a translation."""
    is_shared: bool = False
    """Whether strangers to this machine use it, as in `hansa serve`: nothing of the machine itself is theirs."""
    settings_problem: str = ""
    """Why the chosen chat model could not be read; empty if it could."""
    preference_problems: tuple[str, ...] = ()
    """A sentence for each setting of the interface that cannot be used."""
    _preferences: Preferences | None = field(default=None, repr=False)
    _settings_lock: RLock = field(default_factory=RLock, repr=False)
    _courses: dict[str, Course] = field(default_factory=dict, repr=False)
    """Those that were asked for, by language; that of the sources is always the first."""
    _record_lock: RLock = field(default_factory=RLock, repr=False)
    _guides_lock: RLock = field(default_factory=RLock, repr=False)
    _record: LearnerRecord | None = field(default=None, repr=False)
    _collection: Collection | None = field(default=None, repr=False)
    _assistant: Assistant | None = field(default=None, repr=False)
    _watchers: list[Callable[[Progress], None]] = field(default_factory=list, repr=False)

    @property
    def refusal(self) -> str:
        """Why nothing of the machine is read, written or started for the user, in a sentence; empty where it is.

        It holds for whatever is not in the folder of `paths`: files that are named, and other programs.
        """
        if not self.is_shared:
            return ""
        return _("Hansa is shared here: files and programs of its machine are out of reach.")

    def refuse_path(self, path: Path) -> None:
        """Let nobody name a file of the machine who may only use what is in the folder of `paths`.

        Raises:
            PermissionError: with the refusal, if the file is not in that folder.
        """
        if self.refusal and not path.resolve().is_relative_to(self.paths.home.resolve()):
            raise PermissionError(self.refusal)

    @property
    def chat_refusal(self) -> str:
        """Why the user chooses no chat model, in a sentence; empty where one can be chosen."""
        if not self.is_shared:
            return ""
        return _("No chat model can be chosen here: its key and address are not yours.")

    @property
    def course(self) -> Course:
        """Every module, without the text of its lessons; its titles in the language of now where there are any."""
        from course.catalog import load_course, shipped_modules

        if not self._courses:
            course = load_course(shipped_modules(), *self.course_folders, remembered=self.paths.modules)
            self._courses["en"] = course
        if self.language not in self._courses:
            from course.titles import in_language

            self._courses[self.language] = in_language(self._courses["en"], self.language)
        return self._courses[self.language]

    @course.setter
    def course(self, course: Course) -> None:
        self._courses = {"en": course}

    @cached_property
    def tour(self) -> Course:
        """The one module of the tour, which stands apart from the course."""
        from course.catalog import load_course, shipped_tour

        return load_course(shipped_tour())

    @property
    def record(self) -> LearnerRecord:
        """The learner's own record (SQLAlchemy: 0.2 s)."""
        from course.record import LearnerRecord

        with self._record_lock:
            if self._record is None:
                self._record = LearnerRecord.open(self.paths.record)
            return self._record

    @cached_property
    def course_search(self) -> CourseSearch:
        """Where words are looked up in the lessons; they are read when it is asked to."""
        from tui.course_search import CourseSearch

        return CourseSearch(self.course, self.language)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed but not given yet when the application ended."""
        from tui.drafts import Drafts

        return Drafts(self.paths.drafts)

    @cached_property
    def workbook(self) -> Workbook:
        """The forms that the learner fills in, a file each."""
        from course.workbook import Workbook

        return Workbook(self.paths.workbook)

    @property
    def self_checks(self) -> tuple[SelfCheckHead, ...]:
        """Every self-check, without its text, in the language of now."""
        from course.self_check import self_check_heads

        return self_check_heads(self.language)

    @property
    def learning_paths(self) -> LearningPaths:
        """The paths through the course, in the language of now."""
        from course.learning_paths import read_paths

        return read_paths(language=self.language)

    @cached_property
    def history(self) -> History:
        """Earlier conversations; its file is opened when something is kept or looked for."""
        from assistant.history import History

        return History(self.paths.history)

    @property
    def collection(self) -> Collection:
        """The guides that ship and those that were added."""
        from index.collection import Collection
        from index.embed import find_embedder

        with self._guides_lock:
            if self._collection is None:
                self._collection = Collection(self.paths.collection, find_embedder(self.paths.home)[0])
            return self._collection

    def open_index(self, progress: Callable[[Progress], None] | None = None) -> GuideIndex:
        """The index to answer from, brought up to date first."""
        if self.guide_paths:
            from index.cache import index_of
            from index.embed import find_embedder

            embedder = find_embedder(self.paths.home)[0]
            return index_of(self.guide_paths, self.paths.guide_cache, embedder, progress)
        from index.collection import shipped_guides

        self.collection.update([shipped_guides()], origin="shipped", replace=True, progress=progress)
        return self.collection.open()

    def assistant(self, progress: Callable[[Progress], None] | None = None) -> Assistant:
        """The assistant over the index, made once; waits for another thread that is making it.

        `progress` is told how far that is, whichever thread does the work; what it raises stops the work.
        """
        from tui import garbage
        from tui.leaving import breakable

        with breakable(), self._watched_by(progress), self._guides_lock:
            if self._assistant is None:
                from assistant import Assistant

                chat = self._chat()
                self._assistant = Assistant(self.open_index(self._tell), chat)
                garbage.settle()
            return self._assistant

    @cached_property
    def intake(self) -> Intake:
        """Takes guides in while the application runs."""
        from tui.intake import Intake

        return Intake(self)

    def stop_adding(self) -> None:
        """Stop taking guides in, if that is going on."""
        if "intake" in self.__dict__:
            self.intake.stop()

    def renew_guides(self) -> None:
        """Answer from the guides as they are now, after some were added or removed."""
        from assistant import Assistant

        with self._guides_lock:
            if self._assistant is not None:
                self._assistant = Assistant(self.collection.open(), self._assistant.chat)

    @property
    def preferences(self) -> Preferences:
        """How the user wants the interface, read once; what cannot be used stands in `preference_problems`."""
        if self._preferences is None:
            from tui.preferences import problem_words, read_preferences

            path = self.paths.settings
            self._preferences, problems = read_preferences(path)
            self.preference_problems = tuple(problem_words(path, name) for name in problems)
        return self._preferences

    def prefer(self, **choices: object) -> Preferences:
        """Change some choices; `keep_preferences` writes them."""
        self._preferences = self.preferences.changed(**choices)
        return self._preferences

    def keep_preferences(self) -> None:
        """Write the choices as they are now.

        Raises:
            SettingsError: if the settings file cannot be used.
            OSError: if it cannot be written.
        """
        from tui.preferences import write_preferences

        with self._settings_lock:
            write_preferences(self.paths.settings, self.preferences)

    def choose_path(self, path_id: str) -> None:
        """Keep the choice of a path through the course; an empty name chooses none.

        Raises:
            SettingsError: if the settings file cannot be used.
            OSError: if it cannot be written.
        """
        from tui.plan import write_plan

        with self._settings_lock:
            write_plan(self.paths.settings, path_id)

    def chat_settings(self) -> ChatSettings:
        """The chat model that the user chose, if any.

        Raises:
            SettingsError: if the settings file cannot be used.
        """
        from tui.settings import read_chat

        return read_chat(self.paths.settings)

    def choose_chat(self, settings: ChatSettings) -> None:
        """Keep the choice of a chat model; the next question is answered by it.

        Raises:
            SettingsError: if the settings file cannot be used.
            OSError: if it cannot be written.
        """
        from tui.settings import SettingsError, write_chat

        if self.chat_refusal:
            raise SettingsError(self.chat_refusal)

        with self._settings_lock:
            write_chat(self.paths.settings, settings)
        with self._guides_lock:
            if self._assistant is not None:
                self._assistant.chat = self._chat()

    def give_up_chat(self) -> None:
        """Wait no longer for the reply of a chat model, as nobody wants it any more."""
        if self._assistant is not None and self._assistant.chat is not None:
            self._assistant.chat.give_up()

    def leave_chat(self) -> None:
        """Ask no chat model any more, as the application closes; a question that is being worked on gets quotes."""
        chat = self._assistant.chat if self._assistant is not None else None
        if self._assistant is not None and chat is not None:
            self._assistant.chat = None
            chat.give_up()

    def _chat(self) -> ChatModel | None:
        """The chosen chat model, loading in the background; None if there is none or it is not agreed to."""
        from assistant.errors import AssistantError

        try:
            settings = self.chat_settings()
        except AssistantError as error:
            self.settings_problem = str(error)
            return None
        self.settings_problem = ""
        if not settings.is_on:
            return None
        from assistant.chat import ChatModel

        chat = ChatModel(settings)
        Thread(target=_load, args=(chat,), name="load chat model", daemon=True).start()
        return chat

    @contextmanager
    def _watched_by(self, progress: Callable[[Progress], None] | None) -> Iterator[None]:
        if progress is None:
            yield
            return
        self._watchers.append(progress)
        try:
            yield
        finally:
            self._watchers.remove(progress)

    def _tell(self, progress: Progress) -> None:
        for watcher in tuple(self._watchers):
            watcher(progress)

    def close(self) -> None:
        """Let go of the learner record and of the conversations; guides are not added any more."""
        self.stop_adding()
        if "intake" in self.__dict__:
            self.intake.wait(LEAVING_SECONDS)
        if "history" in self.__dict__:
            self.history.close()
        record, self._record = self._record, None
        if record is not None:
            record.close()


def _load(chat: ChatModel) -> None:
    """Load a chat model ahead of the first question, which tells of what goes wrong."""
    from assistant.errors import AssistantError

    with suppress(AssistantError):
        chat.warm()
