"""A new module: a small one that can be taught as it is, to be replaced bit by bit."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from shutil import rmtree
from string import Template
from tempfile import mkdtemp

from .errors import ModuleUnreadable
from .file_names import bare_name, order_number
from .model import Place
from .slugs import slug

_MOST = 60
"""Characters of a name; file systems and screens take no more with ease."""


def new_module(name: str, root: Path) -> Path:
    """Make the folder of a module under `root` and return it; nothing that exists is touched.

    It takes the number after the last one there. Raises `ModuleUnreadable` when the name is taken or cannot be used.
    """
    words = " ".join(name.replace("_", " ").split())
    own = slug(words)
    if not any(letter.isalnum() for letter in words) or len(own) > _MOST or "/" in name or "\\" in name:
        message = f"A module cannot be called “{name[:_MOST]}”; use letters, digits and hyphens, such as first-export."
        raise ModuleUnreadable(message)
    try:
        others = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
        taken = next((path for path in others if bare_name(path.name) == own), None)
        if taken is not None:
            raise ModuleUnreadable(f"There is a module {own} already; choose another name.", Place(taken, 1))
        folder = root / f"{_next_number(others):02}-{own}"
        _write(folder, words)
    except OSError as error:
        reason = error.strerror or error
        raise ModuleUnreadable(
            f"The module cannot be made: {reason}; choose another folder.", Place(root, 1)
        ) from error
    return folder


def _next_number(folders: list[Path]) -> int:
    numbers = [order_number(folder.name) for folder in folders if (folder / "module.md").is_file()]
    return max((number for number in numbers if number < 10**9), default=0) + 1


def _write(folder: Path, name: str) -> None:
    """Write all files elsewhere first, so that the folder is whole as soon as it is there."""
    title = name.replace("-", " ") if name.islower() else name
    title = title[:1].upper() + title[1:]
    words = {
        "title": json.dumps(title, ensure_ascii=False),
        "quiz": json.dumps(f"Quiz: {title}", ensure_ascii=False),
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for source in resources.files("course").joinpath("starter").iterdir():
            text = Template(source.read_text(encoding="utf-8")).safe_substitute(words)
            (draft / source.name).write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        draft.rename(folder)
    except OSError:
        rmtree(draft, ignore_errors=True)
        raise
