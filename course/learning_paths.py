"""Paths through the course: which modules, lessons and self-checks in which order, what is left, what comes next."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .controls import neutralised
from .errors import FileUnreadable, NotFound
from .model import Place, Problem
from .references import find
from .self_check import FOLDER, find_self_check
from .source import read_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from .model import Course, LessonHead, Module
    from .progress import Progress
    from .self_check import SelfCheckHead

DEAD = "L002"
"""Code of a step that leads nowhere; the same as that of a link to a lesson."""


@dataclass(frozen=True, slots=True)
class LearningPath:
    """An order in which to take parts of the course."""

    id: str
    """Short name, such as `P1`."""
    title: str
    about: str
    """What it leads to, in one sentence."""
    steps: tuple[str, ...]
    """References of modules, lessons and self-checks."""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What is better read before something else."""

    first: tuple[str, ...]
    before: tuple[str, ...]
    """References of modules or lessons that build on it."""


@dataclass(frozen=True, slots=True)
class LearningPaths:
    """Every path, and what should come before what."""

    source: Path
    paths: tuple[LearningPath, ...]
    prerequisites: tuple[Prerequisite, ...] = ()

    def path(self, path_id: str) -> LearningPath | None:
        """The path with a short name, in any case; None when there is none."""
        return next((own for own in self.paths if own.id.casefold() == path_id.casefold()), None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The smallest part of a path: a lesson, a quiz or a self-check."""

    id: str
    """By which it is opened."""
    title: str
    minutes_left: int
    done: bool
    tried: bool = False
    """Whether a quiz was taken, and not passed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path with its parts."""

    ref: str
    title: str
    leaves: tuple[Leaf, ...]
    is_module: bool = False

    @property
    def minutes_left(self) -> int:
        """Minutes of what is not done."""
        return sum(leaf.minutes_left for leaf in self.leaves)

    @property
    def done(self) -> bool:
        """Whether all of it is done."""
        return all(leaf.done for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Route:
    """A path as far as a learner has come on it."""

    path: LearningPath
    steps: tuple[Step, ...]
    """Steps that the course does not have are left out."""

    @property
    def minutes_left(self) -> int:
        """Minutes of what is not done."""
        return sum(step.minutes_left for step in self.steps)

    @property
    def only_modules(self) -> bool:
        """Whether every step is a whole module."""
        return all(step.is_module for step in self.steps)

    def next_leaf(self, latest: str = "", *, leaving: bool = False) -> Leaf | None:
        """What comes next after what was done last, on the path; quizzes to try again come at the end.

        `latest` is the id of a lesson, quiz or self-check. None when all is done. Who is
        leaving it is not led back to it.
        """
        leaves = tuple(chain.from_iterable(step.leaves for step in self.steps))
        at = next((place for place, leaf in enumerate(leaves) if leaf.id == latest), 0)
        ahead = [
            leaf
            for leaf in (*leaves[at:], *leaves[:at])
            if not (leaf.done or (leaving and leaf.id == latest))
        ]
        return next((leaf for leaf in ahead if not leaf.tried), next(iter(ahead), None))

    def place_of(self, leaf: Leaf) -> int:
        """Place of the step that holds a part, from 1."""
        return next(place for place, step in enumerate(self.steps, 1) if leaf in step.leaves)


def shipped_paths() -> Path:
    """The file of paths that comes with the product."""
    return Path(str(resources.files("course").joinpath("paths.toml")))


def read_paths(source: Path | None = None, language: str = "en") -> LearningPaths:
    """The paths of a file, in a language where they are translated; raises `FileUnreadable`."""
    own = source or shipped_paths()
    try:
        tables = tomllib.loads(read_source(own))
        return LearningPaths(
            own,
            tuple(_path(table, language) for table in tables["path"]),
            tuple(
                Prerequisite(_names(table["first"]), _names(table["before"]))
                for table in tables.get("prerequisite", ())
            ),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        message = f"This file does not describe paths as it should ({error}); each needs id, title, about and steps."
        raise FileUnreadable(message, Place(own, 1)) from error


def _path(table: Mapping[str, Any], language: str) -> LearningPath:
    words = {**table, **table.get("in", {}).get(language, {})}
    path_id, title, about = (neutralised(str(words[key])) for key in ("id", "title", "about"))
    return LearningPath(path_id, title, about, _names(table["steps"]))


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TypeError("a list of names is missing")
    return tuple(value)


def path_problems(
    paths: LearningPaths, course: Course, checks: Sequence[SelfCheckHead]
) -> tuple[Problem, ...]:
    """A problem for each step or prerequisite that the course does not have."""
    named = {own.id: own.steps for own in paths.paths}
    rules = tuple(chain.from_iterable((*rule.first, *rule.before) for rule in paths.prerequisites))
    lines = read_source(paths.source).split("\n")
    found = []
    for owner, refs in (*named.items(), ("a prerequisite", rules)):
        for ref in dict.fromkeys(refs):
            try:
                _resolved(ref, course, checks)
            except NotFound as error:
                message = f"The step {ref} of {owner} leads nowhere. {error.message}"
                found.append(Problem(Place(paths.source, _line(lines, owner, ref)), DEAD, message))
    return tuple(found)


def _line(lines: Sequence[str], owner: str, ref: str) -> int:
    """Where a step stands: below the id of its path, or among the prerequisites."""
    head = f'id = "{owner}"' if f'id = "{owner}"' in lines else "[[prerequisite]]"
    start = lines.index(head) if head in lines else 0
    return next((place for place, text in enumerate(lines[start:], start + 1) if f'"{ref}"' in text), 1)


def route_of(
    path: LearningPath,
    course: Course,
    so_far: Progress,
    checks: Sequence[SelfCheckHead] = (),
    checked: Collection[str] = (),
) -> Route:
    """How far a learner is on a path; `checked` holds the ids of the self-checks that were finished."""
    steps = []
    for ref in path.steps:
        try:
            found = _resolved(ref, course, checks)
        except NotFound:  # told by `hansa course check`
            continue
        steps.append(_step(ref, found, so_far, checked))
    return Route(path, tuple(steps))


def parts_of(
    path: LearningPath, course: Course, checks: Sequence[SelfCheckHead]
) -> tuple[tuple[tuple[Module, LessonHead | None], ...], tuple[SelfCheckHead, ...]]:
    """The modules and lessons of a path, and its self-checks; steps that the course does not have are left out."""
    learnt: list[tuple[Module, LessonHead | None]] = []
    checked: list[SelfCheckHead] = []
    for ref in path.steps:
        try:
            found = _resolved(ref, course, checks)
        except NotFound:  # told by `hansa course check`
            continue
        if isinstance(found, tuple):
            learnt.append(found)
        else:
            checked.append(found)
    return tuple(learnt), tuple(checked)


def _resolved(
    ref: str, course: Course, checks: Sequence[SelfCheckHead]
) -> SelfCheckHead | tuple[Module, LessonHead | None]:
    if ref.startswith(f"{FOLDER}/"):
        return find_self_check(checks, ref)
    found = find(course, ref)
    return found.module, found.lesson


def _step(
    ref: str,
    found: SelfCheckHead | tuple[Module, LessonHead | None],
    so_far: Progress,
    checked: Collection[str],
) -> Step:
    if not isinstance(found, tuple):
        done = found.id in checked
        return Step(ref, found.title, (Leaf(found.ref, found.title, 0 if done else found.minutes, done),))
    module, head = found
    if head is not None:
        return Step(ref, head.title, (_lesson(head, so_far),))
    return Step(ref, module.title, tuple(_leaves(module, so_far)), is_module=True)


def _leaves(module: Module, so_far: Progress) -> Iterator[Leaf]:
    """The lessons of a module that may not be left out, and its quiz."""
    wanted = [head for head in module.lessons if not head.optional]
    yield from (_lesson(head, so_far) for head in wanted)
    quiz = so_far.module(module.id).quiz
    if quiz is not None:
        minutes = max(0, module.minutes - sum(head.minutes for head in wanted))
        tried = bool(quiz.scores) and not quiz.passed
        yield Leaf(module.quiz_id, module.title, 0 if quiz.passed else minutes, quiz.passed, tried)


def _lesson(head: LessonHead, so_far: Progress) -> Leaf:
    own = so_far.lesson(head.id)
    return Leaf(head.id, head.title, own.minutes_left, own.done)


def unmet(paths: LearningPaths, course: Course, so_far: Progress, ref: str) -> tuple[str, ...]:
    """Titles of what is better read before a module or lesson, and is not read yet.

    A lesson needs what its module needs as well.
    """
    wanted = {ref, ref.partition("/")[0]}
    titles: dict[str, None] = {}
    for rule in paths.prerequisites:
        if not wanted.isdisjoint(rule.before):
            titles |= dict.fromkeys(_unread(rule.first, course, so_far))
    return tuple(titles)


def _unread(refs: Sequence[str], course: Course, so_far: Progress) -> Iterator[str]:
    for ref in refs:
        try:
            found = find(course, ref)
        except NotFound:  # told by `hansa course check`
            continue
        heads = (found.lesson,) if found.lesson else [own for own in found.module.lessons if not own.optional]
        if not all(so_far.lesson(head.id).done for head in heads):
            yield found.lesson.title if found.lesson else found.module.title
