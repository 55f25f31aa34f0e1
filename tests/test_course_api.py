"""The examples of docs/course-api.md do what the page says, and the exported names are there."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

import course

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "course-api.md"
SAMPLE = ROOT / "tests" / "fixtures" / "courses" / "sample"


def test_every_example_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(SAMPLE, tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    source = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(source, {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 50
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("name", course.__all__)
def test_every_exported_name_is_there_and_documented(name: str):
    assert (getattr(course, name).__doc__ or "").strip()


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        course.__getattr__("nothing")
