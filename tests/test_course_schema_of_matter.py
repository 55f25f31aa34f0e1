"""The JSON Schema of the front matter is what the code checks by."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from course.matter_schema import KINDS, front_matter_schema, schema_text

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "fixtures" / "courses" / "sample" / "01-sample"
FILES = [*SAMPLE.rglob("*.md"), *(ROOT / "course" / "modules").rglob("*.md")]


def validator(kind: str) -> Draft202012Validator:
    schema = front_matter_schema()
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})


def kind_of(path: Path) -> str:
    name = path.stem.partition(".")[0]
    return name if name in KINDS else "bank" if path.parent.name == "bank" else "lesson"


def matter_of(path: Path) -> dict[str, object]:
    values = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506 - texts only
    typed = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return {key: values[key] if key == "checked_on" else typed[key] for key in typed}


def test_the_file_in_the_docs_is_up_to_date():
    written = ROOT.joinpath("docs", "front-matter.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), (
        "write it anew: python -m course.matter_schema > docs/front-matter.schema.json"
    )


def test_the_schema_is_one():
    schema = front_matter_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_takes_the_front_matter_of_every_file(path: Path):
    assert [error.message for error in validator(kind_of(path)).iter_errors(matter_of(path))] == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("lesson", {}),
        ("lesson", {"title": ""}),
        ("lesson", {"title": "T", "titel": "T"}),
        ("lesson", {"title": "T", "id": "a/b"}),
        ("lesson", {"title": "T", "optional": "perhaps"}),
        ("module", {"title": "T", "pass": 101}),
        ("module", {"title": "T", "outcomes": ["O1"]}),
        ("module", {"title": "T", "mode": "exam"}),
        ("quiz", {"title": "T", "mode": "test"}),
        ("quiz", {"title": "T", "draw": -1}),
        ("quiz", {"title": "T", "minutes": "ten"}),
    ],
)
def test_it_refuses_what_the_code_refuses(kind: str, values: dict[str, object]):
    assert not validator(kind).is_valid(values)


def test_every_key_is_described():
    for kind in KINDS:
        for name, schema in front_matter_schema()["$defs"][kind]["properties"].items():
            assert schema.get("description"), (kind, name)
