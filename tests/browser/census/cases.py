"""The templates of this folder: what each stands for, what it is given, what a worker does, and the answer of the facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.element_cases import painted

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Case:
    """`NAME.html`, or `PAGE.html` of several, and its `NAME.json`; `README.md` says what the members mean."""

    name: str
    stands_for: str
    answer: Mapping[str, Any]
    input: Mapping[str, Any] = field(default_factory=dict)
    shown: Sequence[str] = ()
    refused: str | None = None
    work: Sequence[Sequence[Any]] = ()
    submit: str = "role=button[name=/^Submit$/]"
    reports: Sequence[str] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def template(self) -> str:
        text = (FOLDER / f"{self.page or self.name}.html").read_text(encoding="utf-8")
        for word, part in self.parts.items():
            text = text.replace(word, part)
        return text


def _read(path: Path) -> Case:
    return Case(path.stem, **json.loads(path.read_text(encoding="utf-8"), object_hook=painted))


ALL = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
