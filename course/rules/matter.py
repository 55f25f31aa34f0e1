"""Codes of files and front matter; they are told while a course is read."""

from __future__ import annotations

from .example import OPTIONS, asked, lesson_file, quiz_file
from .rule import told_when_read

_TEXT = "A first call is short."
_ASKED = asked("### What opens a call well?", OPTIONS)

told_when_read(
    "C101",
    "two modules with one id",
    why="Answers are kept under the id, so two modules would share them. Give one of them an `id` in its front matter.",
    bad={"../02-example/module.md": lesson_file("Another module.", "title: Another")},
    good={"../02-another/module.md": lesson_file("Another module.", "title: Another")},
)
told_when_read(
    "C102",
    "two lessons of a module with one id",
    why="Answers are kept under the id, so two lessons would share them. The id is the name of the file without its "
    "number, unless the front matter gives another.",
    bad={"02-page.md": lesson_file(_TEXT, "title: A page\nid: first-call")},
    good={"02-page.md": lesson_file(_TEXT, "title: A page\nid: second-call")},
)
told_when_read(
    "C103",
    "a folder without a module",
    why="A module is a folder with a `module.md` that has a title. `hansa course new NAME` makes one.",
    bad={"../02-empty/01-page.md": lesson_file(_TEXT)},
    good={
        "../02-full/module.md": lesson_file("A module.", "title: Full"),
        "../02-full/01-page.md": lesson_file(_TEXT),
    },
)
told_when_read(
    "C104",
    "a file that cannot be read",
    why="It has no title, no valid YAML, is not in UTF-8, is larger than 2 MB, or lies outside its folder. The message "
    "tells which. The rest of the course is read all the same.",
    bad={"02-page.md": lesson_file(_TEXT, "minutes: 5")},
    good={"02-page.md": lesson_file(_TEXT, "title: A page\nminutes: 5")},
)
told_when_read(
    "F001",
    "a key that front matter does not have",
    why="It would do nothing, and nobody would notice. The message names the nearest key that exists.",
    bad={"02-page.md": lesson_file(_TEXT, "title: A page\nminute: 5")},
    good={"02-page.md": lesson_file(_TEXT, "title: A page\nminutes: 5")},
)
told_when_read(
    "F002",
    "a value that cannot be used",
    why="It is left out as if it were not there. The message tells what is expected.",
    bad={"02-page.md": lesson_file(_TEXT, "title: A page\nminutes: soon")},
    good={"02-page.md": lesson_file(_TEXT, "title: A page\nminutes: 5")},
)
told_when_read(
    "M001",
    "HTML that would be shown as written",
    why="A terminal shows no HTML. Write it in Markdown; comments and `<br>` are fine.",
    bad="Write <b>one</b> sentence.",
    good="Write **one** sentence.",
)
told_when_read(
    "M002",
    "a text that is too long to be read as Markdown",
    why="A paragraph of more than 10,000 characters is shown as written, so that no file can hold up the reader. "
    "Break it into paragraphs.",
    bad="[" * 10_001,
    good="[",
)
told_when_read(
    "Q042",
    "a quiz or a bank without a question",
    why="There is nothing to take. Write a question, or delete the file.",
    bad={"02-page.md": lesson_file(_ASKED), "quiz.md": quiz_file("Four minutes, no tricks.")},
    good={"02-page.md": lesson_file(_ASKED), "quiz.md": quiz_file(_ASKED)},
)
