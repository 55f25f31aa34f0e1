"""Walking a tree of HTML without recursion, past what is no content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_DROPPED_NAMES = (
    "script style noscript template nav aside footer select option input textarea button datalist svg "
    "math canvas iframe object embed audio video map head dialog progress meter frameset"
)
_DROPPED = frozenset(_DROPPED_NAMES.split())
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "alert", "dialog"})
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAKS_NAMES = "br p div li td th tr h1 h2 h3 h4 h5 h6 section article dd dt caption table"
_BREAKS = frozenset(_BREAKS_NAMES.split())


def attribute(node: LexborNode, name: str) -> str:
    """The value of an attribute; empty without one."""
    return node.attributes.get(name) or ""


def dropped(node: LexborNode) -> bool:
    """Whether an element and all in it is left out: hidden, or around the content and not in it."""
    tag = node.tag
    if not node.is_element_node or tag in _DROPPED:
        return True
    if tag == "header":
        return not _within_content(node)
    if tag == "form":
        return node.css_first("h1, h2, h3, main, article, table, p + p") is None
    said = node.attributes
    if not said:
        return False
    hidden = "hidden" in said or said.get("aria-hidden") == "true"
    return hidden or said.get("role") in _ROLES or bool(_HIDING.search(said.get("style") or ""))


def _within_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in {"main", "article"}:
            return True
        above = above.parent
    return False


class Walk:
    """Each node below a root as it is entered (True) and, if it is an element, as it is left (False)."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self._past = False

    def pass_over(self) -> None:
        """Go on after the node that was entered last, without what is in it."""
        self._past = True

    def __iter__(self) -> Iterator[tuple[LexborNode, bool]]:
        trail: list[LexborNode] = []
        node = self._root.first_child
        while node is not None:
            yield node, True
            past, self._past = self._past, False
            if not past and node.is_element_node:
                deeper = node.first_child
                if deeper is not None:
                    trail.append(node)
                    node = deeper
                    continue
                yield node, False
            following = node.next
            while following is None and trail:
                node = trail.pop()
                yield node, False
                following = node.next
            node = following


def words_of(root: LexborNode) -> str:
    """The words below a node, those of different blocks set apart."""
    parts = []
    steps = Walk(root)
    for node, entering in steps:
        if node.is_text_node:
            parts.append(node.text_content or "")
        elif entering and dropped(node):
            steps.pass_over()
        elif node.tag in _BREAKS:
            parts.append("\n" if node.tag == "br" and entering else " ")
    return "".join(parts)
