"""The front matter of a file, split off and read as YAML, with the line of every key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from .controls import neutralised
from .errors import FileUnreadable
from .problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_CHARS = 64_000
MAX_DEPTH = 20
"""Lists and mappings within each other; what a course says needs two."""
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands between the two `---` lines at the head of a file."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key in the file."""
    length: int = 0
    """Number of lines the front matter takes, both fences counted."""

    def line(self, key: str) -> int:
        """Where a key stands, or the head of the file."""
        return self.lines.get(key, 1)


def read_header(text: str, path: Path) -> Header:
    """The front matter of a text; an empty one when there is none."""
    lines = text.split("\n", MAX_CHARS)
    if lines[0].rstrip() != _FENCE:
        return Header()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FileUnreadable("The front matter is not closed; end it with a line of ---.", Place(path, 1))
    source = "\n".join(lines[1:end])
    if len(source) > MAX_CHARS:
        raise FileUnreadable("The front matter is longer than 64,000 characters; shorten it.", Place(path, 1))
    return _parsed(source, path, end + 1)


def without_header(text: str, header: Header) -> str:
    """The text with its front matter blanked, so that lines keep their numbers."""
    if not header.length:
        return text
    return "\n" * header.length + "\n".join(text.split("\n")[header.length :])


def _parsed(source: str, path: Path, length: int) -> Header:
    loader = _LOADER(source)
    try:
        node = loader.get_single_node()
        if node is None:
            return Header(length=length)
        if not isinstance(node, yaml.MappingNode):
            raise FileUnreadable("The front matter must be lines of `key: value`.", Place(path, 2))
        _refuse_oddities(node, path)
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        raise _unreadable(error, path) from error
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(f"The front matter is no valid YAML: {error}.", Place(path, 1)) from error
    finally:
        loader.dispose()
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    return Header({str(key): _clean(value) for key, value in values.items()}, lines, length)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_oddities(root: yaml.MappingNode, path: Path) -> None:
    """Refuse a key given twice, a node used twice (an alias), and more depth than there is sense in."""
    seen: set[int] = set()
    for node, depth in _nodes(root):
        place = Place(path, node.start_mark.line + 2)
        if id(node) in seen:
            raise FileUnreadable("The front matter uses a YAML alias; write the value out.", place)
        seen.add(id(node))
        if depth > MAX_DEPTH:
            raise FileUnreadable(
                "The front matter is nested too deeply; write plain values and lists.", place
            )
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            twice = next((key for key, count in Counter(keys).items() if count > 1), None)
            if twice is not None:
                raise FileUnreadable(f"The front matter says `{twice}` twice; keep one.", place)


def _nodes(root: yaml.Node) -> Iterator[tuple[yaml.Node, int]]:
    """Every node with how deep it lies."""
    waiting: list[tuple[yaml.Node, int]] = [(root, 0)]
    seen = 0
    while waiting and seen < MAX_CHARS:
        node, depth = waiting.pop()
        seen += 1
        yield node, depth
        if isinstance(node, yaml.SequenceNode):
            waiting.extend((part, depth + 1) for part in node.value)
        elif isinstance(node, yaml.MappingNode):
            waiting.extend((part, depth + 1) for pair in node.value for part in pair)


def _clean(value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(part) for key, part in value.items()}
    return value


def _unreadable(error: yaml.YAMLError, path: Path) -> FileUnreadable:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it cannot be read"
    place = Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 1)
    return FileUnreadable(f"The front matter is no valid YAML: {reason}; mend this line.", place)
