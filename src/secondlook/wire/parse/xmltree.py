"""XML text → a small tree, safely.

Names lose their namespace prefix (S3 clients send any or none); attributes keep theirs (``xsi:type``). A document type is
refused, so entities can neither expand nor fetch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

MOST_ELEMENTS = 100_000
"""Twice what the longest document of S3 has: the 10,000 parts of an upload."""


@dataclass
class Node:
    """An element: local name, attributes, text before its first child, children."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *names: str) -> list[Node]:
        """The children with one of these names."""
        return [child for child in self.children if child.name in names]


def load(body: bytes) -> Node:
    """The root element; ``ValueError`` where the text is not well-formed or has a document type."""
    top = Node("")
    open_nodes = [top]
    left = MOST_ELEMENTS
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise ValueError(f"more than {MOST_ELEMENTS:,} elements")
        node = Node(name.rpartition(":")[2], attributes)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def text(data: str) -> None:
        open_nodes[-1].text += data

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_nodes.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError) as error:
        raise ValueError(str(error)) from error
    return top.children[0]


def _refuse_doctype(*_: object) -> NoReturn:
    raise ValueError("a document type is not accepted")
