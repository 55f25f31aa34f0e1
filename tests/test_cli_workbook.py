from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from course.catalog import shipped_modules

ROOT = Path(__file__).parents[1]
COMMAND = "from tui.cli import main; raise SystemExit(main())"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def hansa(home: Path, *arguments: str, typed: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"EDITOR", "VISUAL"}}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "workbook", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=environment | {"HANSA_HOME": str(home)} | variables,
        timeout=60,
    )


def map_of(home: Path) -> Path:
    return home / "workbook" / "A23-network-map.md"


def editor(folder: Path, program: str) -> str:
    script = folder / "editor.py"
    script.write_text(
        f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{program}\n", encoding="utf-8"
    )
    return f"{sys.executable} {script}"


def test_a_form_is_filled_in_line_by_line_and_shown(home: Path):
    done = hansa(home, "edit", "a23", typed="a cousin\nan aunt\n\nfarms\n\n\n.\n")
    assert done.returncode == 0, done.stderr
    assert "Example: former colleague" in done.stdout
    assert f"Saved in {map_of(home)} (begun, 2 of 10)." in done.stdout
    shown = hansa(home, "show", "A23").stdout
    assert "Contact:\n  a cousin\n  an aunt\n" in shown
    assert "Place:\n  (empty; example: Country B)" in shown
    listed = hansa(home, "list").stdout
    assert "begun, 2 of 10" in listed
    assert listed.count(" empty\n") >= 31


def test_a_field_can_be_kept_changed_and_emptied(home: Path):
    hansa(home, "edit", "A23", typed="a cousin\n\nfarms\n\nhere\n\n.\n")
    again = hansa(home, "edit", "A23", typed="\n-\nthere\n")
    assert "Now: farms" in again.stdout
    shown = hansa(home, "show", "A23").stdout
    assert "Contact:\n  a cousin\n" in shown
    assert "Sector:\n  (empty" in shown
    assert "Place:\n  there\n" in shown


def test_nothing_typed_writes_nothing(home: Path):
    done = hansa(home, "edit", "A23")
    assert "Nothing was written." in done.stdout
    assert not map_of(home).exists()


def test_an_editor_changes_the_file_itself(home: Path, tmp_path: Path):
    fill = "text = path.read_text()\npath.write_text(text.replace('## Sector', '## Sector\\n\\nenergy'))"
    done = hansa(home, "edit", "A23", EDITOR=editor(tmp_path, fill))
    assert "(begun, 1 of 10)" in done.stdout
    assert "## Sector\n\nenergy" in map_of(home).read_text(encoding="utf-8")


def test_an_editor_that_changes_nothing_leaves_nothing(home: Path, tmp_path: Path):
    done = hansa(home, "edit", "A23", VISUAL=editor(tmp_path, "assert path.is_file()"), EDITOR="/nowhere")
    assert "Nothing was written." in done.stdout
    assert not map_of(home).exists()


def test_an_editor_that_cannot_be_started_is_told(home: Path):
    done = hansa(home, "edit", "A23", EDITOR="/nowhere/editor")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "cannot be started" in done.stderr
    assert not map_of(home).exists()


def test_a_form_that_does_not_exist_is_told(home: Path):
    for action in ("show", "edit", "erase"):
        done = hansa(home, action, "Z99")
        assert done.returncode == 3
        assert done.stderr == "There is no form 'Z99'; `hansa workbook list` shows them.\n"


def test_the_workbook_is_exported_in_the_order_of_the_modules(home: Path, tmp_path: Path):
    hansa(home, "edit", "A23", typed="a <cousin>\n# of mine\n\n.\n")
    hansa(home, "edit", "A01", typed="a new pump\n\n.\n")
    home.joinpath("workbook", "B01-own-sheet.md").write_text(
        "# B01 Own\n\n## Idea\n\nkeep \ufffe me\n", encoding="utf-8"
    )
    text = hansa(home, "export").stdout
    assert text.startswith("# My workbook\n\n20")
    lessons = (path.read_text(encoding="utf-8") for path in shipped_modules().glob("*/*.md"))
    forms = {name for lesson in lessons for name in re.findall(r"^```form (\S+)", lesson, re.MULTILINE)}
    assert f"3 of {len(forms) + 1} sheets are begun, 1 of them are filled." in text
    parts = [
        "### A01 Innovation inventory",
        "a new pump",
        "Not begun: A02",
        "### A23 Network map",
        "a <cousin>  \n\\# of mine",
    ]
    places = [text.index(part) for part in (*parts, "## Sheets of other courses", "### B01 Own")]
    assert places == sorted(places)
    assert "Still empty (begun, 1 of 10): Sector, Place," in text
    file = tmp_path / "workbook.docx"
    assert hansa(home, "export", "-o", str(file)).stdout == f"Written: {file}\n"
    words = [paragraph.text for paragraph in Document(str(file)).paragraphs]
    assert words[0] == "My workbook"
    assert words.index("A01 Innovation inventory") < words.index("A23 Network map") < words.index("B01 Own")
    assert "a <cousin>\n# of mine" in words
    assert "keep \ufffd me" in words
    file = tmp_path / "workbook.pdf"
    assert hansa(home, "export", "-o", str(file)).stdout == f"Written: {file}\n"
    document = PdfDocument(file.read_bytes())
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    parts = [
        "My workbook",
        "A01 Innovation inventory",
        "a new pump",
        "A23 Network map",
        "a <cousin>\r\n# of mine",
    ]
    places = [text.index(part) for part in (*parts, "B01 Own")]
    assert places == sorted(places)


def test_letters_that_a_pdf_lacks_are_named(home: Path, tmp_path: Path):
    hansa(home, "edit", "A01", typed="a pump for 王\n\n.\n")
    done = hansa(home, "export", "-o", str(tmp_path / "mine.pdf"))
    assert done.returncode == 1
    assert done.stderr == "The PDF has no letters for 王; save it as Markdown instead.\n"
    assert not tmp_path.joinpath("mine.pdf").exists()


def test_an_export_never_replaces_a_file(home: Path, tmp_path: Path):
    file = tmp_path / "mine.md"
    file.write_text("mine", encoding="utf-8")
    done = hansa(home, "export", "--markdown", "-o", str(file))
    assert done.returncode == 3
    assert "exists already" in done.stderr
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_docx_and_a_pdf_need_a_file(home: Path, kind: str):
    done = hansa(home, "export", f"--{kind}")
    assert done.returncode == 2
    assert f"-o workbook.{kind}" in done.stderr


def test_the_options_choose_the_format(home: Path, tmp_path: Path):
    hansa(home, "export", "--markdown", "-o", str(tmp_path / "a.docx"))
    assert (tmp_path / "a.docx").read_text(encoding="utf-8").startswith("# My workbook")
    hansa(home, "export", "--docx", "-o", str(tmp_path / "b.txt"))
    assert (tmp_path / "b.txt").read_bytes()[:2] == b"PK"
    hansa(home, "export", "--pdf", "-o", str(tmp_path / "c.txt"))
    assert (tmp_path / "c.txt").read_bytes()[:5] == b"%PDF-"


def test_erasing_asks_first(home: Path):
    hansa(home, "edit", "A23", typed="a cousin\n\n.\n")
    hansa(home, "edit", "A01", typed="a pump\n\n.\n")
    assert "Nothing was erased." in hansa(home, "erase", "A23", typed="no\n").stdout
    assert map_of(home).exists()
    assert "Erased: 1 file." in hansa(home, "erase", "A23", typed="yes\n").stdout
    assert [path.name for path in home.joinpath("workbook").iterdir()] == ["A01-innovation-inventory.md"]
    hansa(home, "erase", "--yes")
    assert list(home.joinpath("workbook").iterdir()) == []


def test_control_sequences_in_a_file_never_reach_the_terminal(home: Path):
    map_of(home).parent.mkdir(parents=True)
    map_of(home).write_text(
        "note \x1b]0;x\x07\n\n## Con\u202etact\n\na\x1b[2Jb\n\n## \x9b2J\n\nx\n", encoding="utf-8"
    )
    for arguments in (("show", "A23"), ("export",), ("list",)):
        out = hansa(home, *arguments).stdout
        assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}
