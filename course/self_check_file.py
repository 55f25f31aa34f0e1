"""The file of a self-check: ordinary Markdown, read whole.

Each section with one scale is a dimension; a statement with a quote under it is critical, and the quote is its
advice. The sections without a scale describe the bands of the total, lowest first, then how two totals read together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import FileUnreadable
from .file_names import bare_name, translation_of
from .frontmatter import SelfCheckMatter, checked
from .header import read_header, without_header
from .model import Likert, Place, plain
from .outline import START
from .parse import sections_of
from .self_check import FOLDER, SCALE, Advice, Band, Dimension, JointReading, RatedStatement, SelfCheck
from .source import read_source, stays_inside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .frontmatter import Joint
    from .header import Header
    from .model import Section

JOINT_READINGS = 4


def parse_self_check(source: Path, language: str = "en") -> SelfCheck:
    """The self-check in a file, in a language where it is translated; raises `FileUnreadable`."""
    path = translation_of(source, language) or source
    if not stays_inside(path, source.parent):
        message = f"{path.name} is a link that leaves its folder; put the file itself into the folder."
        raise FileUnreadable(message, Place(path, 1))
    text = read_source(path)
    header = read_header(text, path)
    matter, problems = checked(header, SelfCheckMatter, path)
    if list(matter.bands) != sorted({0, *matter.bands}):
        message = "`bands` must rise from 0, such as [0, 35, 60, 80]; each is the lowest total of a band."
        raise FileUnreadable(message, Place(path, header.line("bands")))
    title = " ".join(matter.title.split())
    own_id = matter.id or bare_name(source.stem)
    sections, _reserve, found = sections_of(without_header(text, header), title, f"{FOLDER}/{own_id}", path)
    broken = next((problem for problem in found if problem.code.startswith("Q")), None)
    if broken is not None:
        raise FileUnreadable(broken.message, broken.place)
    scales = [(section, scale) for section in sections if (scale := _scale_of(section, path))]
    advice = _advice(sections, len(matter.bands) + (JOINT_READINGS if matter.joint else 0), path, header)
    if not scales:
        raise FileUnreadable(
            "This self-check has no statements; write a scale for each group.", Place(path, 1)
        )
    return SelfCheck(
        id=own_id,
        code=matter.code,
        title=title,
        path=path,
        minutes=matter.minutes,
        introduction=next((own.blocks for own in sections if _slug(own) == START), ()),
        labels=scales[0][1].labels,
        dimensions=tuple(_dimension(section, scale, matter.code) for section, scale in scales),
        bands=tuple(Band(own.title, own.blocks, low) for own, low in zip(advice, matter.bands, strict=False)),
        joint=_joint(matter.joint, advice),
        language="en" if path == source else language,
        problems=(*problems, *found),
        sections=sections,
    )


def _advice(sections: Sequence[Section], wanted: int, path: Path, header: Header) -> list[Advice]:
    """What stands in the sections without a scale."""
    described = [Advice(own.title, own.blocks) for own in sections if not own.items and _slug(own) != START]
    if len(described) != wanted:
        needed = f"{wanted} sections without a scale, one for each band and joint reading"
        message = f"A self-check needs {needed}; this one has {len(described)}."
        raise FileUnreadable(message, Place(path, header.line("bands")))
    return described


def _joint(joint: Joint | None, advice: Sequence[Advice]) -> JointReading | None:
    if joint is None:
        return None
    return JointReading(joint.other, joint.threshold, tuple(advice[-JOINT_READINGS:]))


def _slug(section: Section) -> str:
    return section.id.partition("#")[2]


def _scale_of(section: Section, path: Path) -> Likert | None:
    """The scale of a section, which is from 1 to 5 with a word for each; None when it asks nothing."""
    if not section.items:
        return None
    scale = section.items[0]
    if len(section.items) > 1 or not isinstance(scale, Likert):
        message = "A section of a self-check holds one scale and no other question; move the rest."
        raise FileUnreadable(message, Place(path, section.line))
    if scale.steps != SCALE or len(scale.labels) != len(SCALE):
        message = (
            "The scale of a self-check goes from 1 to 5 and has a word for each; write scale=1..5 and labels."
        )
        raise FileUnreadable(message, Place(path, scale.frame.place.line))
    return scale


def _dimension(section: Section, scale: Likert, code: str) -> Dimension:
    own_id = f"{code}-{scale.frame.id.partition('#')[2]}"
    statements = tuple(
        RatedStatement(f"{own_id}{number}", plain(statement.text), statement.feedback)
        for number, statement in enumerate(scale.statements, 1)
    )
    return Dimension(own_id, section.title, statements, scale.frame.explanation)
