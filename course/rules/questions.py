"""Codes of questions that cannot be read as written; they are told while a file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .example import OPTIONS, asked, lesson_file, module_file, quiz_file
from .rule import Finding, rule, told_when_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Page

_PROMPT = "### What comes first in a call?"
_GOOD = asked(_PROMPT, OPTIONS)
_BANK = lesson_file(_GOOD, "title: Partners")
_CASE = f"A stove maker looks for a partner.\n\n{asked(_PROMPT, OPTIONS, id='q-stoves')}"
_SHARE = "### How large was the share?"

told_when_read(
    "Q001",
    "an attribute or a value that is not known",
    why="The comment of a question says something that nobody understands. The message names the nearest attribute.",
    bad=asked(_PROMPT, OPTIONS, more="point=2"),
    good=asked(_PROMPT, OPTIONS, more="points=2"),
)
told_when_read(
    "Q002",
    "a question without an id, or with signs that ids do not have",
    why="Answers are kept under the id. Without one, it is made from the words of the prompt, and "
    "when they change, the "
    "answers are lost. `hansa course check --fix` writes the id for you.",
    bad=_GOOD.replace("id=q-page ", ""),
    good=_GOOD,
)
told_when_read(
    "Q003",
    "an id that is taken",
    why="Answers to the two questions could not be told apart, so the second one is not shown.",
    bad=f"{_GOOD}\n\n{_GOOD}",
    good=f"{_GOOD}\n\n{asked(_PROMPT, OPTIONS, id='q-other')}",
)
told_when_read(
    "Q010",
    "a question without a prompt",
    why="Nothing is asked. Write a heading or a paragraph under the comment.",
    bad="<!-- q id=q-page outcome=O1 -->\n- [x] A clear wish\n- [ ] A long story\n<!-- /q -->",
    good=_GOOD,
)
told_when_read(
    "Q011",
    "a question without answers",
    why="There is nothing to choose or to fill in. Write an answer list, or `[[gaps]]` in the text.",
    bad=f"<!-- q id=q-page outcome=O1 -->\n{_PROMPT}\n\nThink about it.\n<!-- /q -->",
    good=_GOOD,
)
told_when_read(
    "Q012",
    "nothing is marked as right",
    why="Every answer would be wrong. Tick a box with `[x]`, or begin a line with `=`.",
    bad=asked(_PROMPT, "- [ ] A clear wish\n- [ ] A long story"),
    good=_GOOD,
)
told_when_read(
    "Q013",
    "an answer list that does not hold together",
    why="Too few entries, an empty one, two that say the same, an entry without a box, a card "
    "without a group. The message "
    "tells which.",
    bad=asked(_PROMPT, "- [x] A clear wish\n- A long story"),
    good=_GOOD,
)
told_when_read(
    "Q014",
    "a gap that cannot be filled",
    why="A gap or a menu is empty, or something that is neither a paragraph nor a list follows the first gap.",
    bad=asked("### Fill the gap.", "A call begins with [[ a wish | ]]."),
    good=asked("### Fill the gap.", "A call begins with [[ a wish | a clear wish ]]."),
)
told_when_read(
    "Q015",
    "the type says one thing, the answers another",
    why="One of the two is a slip. Leave `type` away where the shape of the answers tells it.",
    bad=asked(_PROMPT, OPTIONS, more="type=text"),
    good=asked(_PROMPT, OPTIONS, more="type=single"),
)
told_when_read(
    "Q020",
    "a key that cannot be read",
    why="A line without `=` or `~`, a number that is none, a range that ends before it begins.",
    bad=asked(_SHARE, "- = 30..20"),
    good=asked(_SHARE, "- = 20..30"),
)
told_when_read(
    "Q021",
    "a weight out of range",
    why="An answer can earn from -100% to 100% of the points.",
    bad=asked(_PROMPT, "- = a wish\n- = a hope <!-- 150% -->\n  > Not quite."),
    good=asked(_PROMPT, "- = a wish\n- = a hope <!-- 50% -->\n  > Not quite."),
)
told_when_read(
    "Q022",
    "a pattern that cannot be used",
    why="A pattern knows letters, `.`, `[...]`, `\\d \\w \\s`, groups, `|`, `*`, `+`, `?` and "
    "`{m,n}`, and stays short.",
    bad=asked(_PROMPT, "- = /a (wish/"),
    good=asked(_PROMPT, "- = a wish\n- = /a (clear )?wish/"),
)
told_when_read(
    "Q023",
    "a number that can mean two",
    why="`1.000` is a thousand in one country and one in the next. Write `1000`.",
    bad=asked(_SHARE, "- = 1.000"),
    good=asked(_SHARE, "- = 1000"),
)
told_when_read(
    "Q031",
    "a draw from a bank that is not there",
    why="There is nothing to draw. Name a file in the folder of the module, and tags that its questions have.",
    bad="<!-- draw from=bank/partner pick=1 -->",
    good={"02-page.md": lesson_file("<!-- draw from=bank/partners pick=1 -->"), "bank/partners.md": _BANK},
)
told_when_read(
    "Q032",
    "a pool that is not closed, or stands where none can stand",
    why="A pool begins with `<!-- pool … -->` and ends with `<!-- /pool -->`. It holds neither pools nor draws.",
    bad=f"<!-- pool id=p1 pick=1 -->\n\n{_GOOD}",
    good=f"<!-- pool id=p1 pick=1 -->\n\n{_GOOD}\n\n<!-- /pool -->",
)
told_when_read(
    "Q033",
    "more questions are picked than there are",
    why="A pool, a draw or a quiz cannot ask more than it holds; variants count as one question. Pick fewer.",
    bad=f"<!-- pool id=p1 pick=3 -->\n\n{_GOOD}\n\n<!-- /pool -->",
    good=f"<!-- pool id=p1 pick=1 -->\n\n{_GOOD}\n\n<!-- /pool -->",
)
told_when_read(
    "Q040",
    "an end without a question",
    why="Probably the comment above was lost or the question ended before. Remove the line, or mend the comment.",
    bad=f"{_GOOD}\n\n<!-- /q -->",
    good=_GOOD,
)
told_when_read(
    "Q043",
    "a question in module.md",
    why="The introduction is read in the list of modules and asks nothing. Move the question to a "
    "lesson or to `quiz.md`.",
    bad={"module.md": f"{module_file(O1='prepare a first call')}\n{_GOOD}\n"},
    good={"02-page.md": lesson_file(_GOOD)},
)
told_when_read(
    "Q044",
    "a question inside a list or a quote",
    why="It is not looked for there, so its comment does nothing. Begin it at the start of a line.",
    bad="- A list.\n\n  <!-- q id=q-page outcome=O1 -->\n\n  What comes first?",
    good=_GOOD,
)


@rule(
    "Q045",
    "a variant of a question that is not there",
    why="A variant may be asked in place of another question of the same file. Write the id of that one.",
    bad=f"{_GOOD}\n\n{asked(_PROMPT, OPTIONS, id='q-b', more='variant-of=q-pag')}",
    good=f"{_GOOD}\n\n{asked(_PROMPT, OPTIONS, id='q-b', more='variant-of=q-page')}",
)
def lost_variants(page: Page) -> Iterator[Finding]:
    """A `variant-of` that names no question of the file."""
    known = {item.frame.id for item in page.items}
    for item in page.items:
        frame = item.frame
        if frame.variant_of and frame.variant_of not in known:
            name = frame.variant_of.partition("#")[2]
            message = f"variant-of={name} names no question of this file; write the id of the first variant."
            yield Finding(frame.place.line, message, f"variant-of={name}")


told_when_read(
    "Q046",
    "a case that the file does not have",
    why="`case` names a `##` section of the same file with text above its first question.",
    bad={"quiz.md": quiz_file(f"{asked(_PROMPT, OPTIONS, more='case=lamps')}\n\n## Stoves\n\n{_CASE}")},
    good={"quiz.md": quiz_file(f"{asked(_PROMPT, OPTIONS, more='case=stoves')}\n\n## Stoves\n\n{_CASE}")},
)
told_when_read(
    "W107",
    "text between the questions of a quiz",
    why="A quiz shows its questions alone, so the learner never reads it. Move it above the first "
    "question, or into one.",
    bad={"quiz.md": quiz_file(f"{_GOOD}\n\nOne more thing.")},
    good={"quiz.md": quiz_file(f"One more thing.\n\n{_GOOD}")},
)
told_when_read(
    "W108",
    "an attribute that has no effect on this type of question",
    why="You expect something of it that does not happen. Remove it.",
    bad=asked(_PROMPT, OPTIONS, more="unit=EUR"),
    good=asked(_PROMPT, OPTIONS, more="points=2"),
)
told_when_read(
    "W109",
    "a pool that does not say how many are asked",
    why="All its questions are asked, as if there were no pool. Write `pick=2`.",
    bad=f"<!-- pool id=p1 -->\n\n{_GOOD}\n\n<!-- /pool -->",
    good=f"<!-- pool id=p1 pick=1 -->\n\n{_GOOD}\n\n<!-- /pool -->",
)
