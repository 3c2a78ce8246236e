"""What is wrong with a template or its input, in the form in which A2I reports it: a code and a text [lifecycle.md].

AWS publishes one code, InvalidParameters (a filter was given something it cannot take); the others are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

INVALID_PARAMETERS = "InvalidParameters"
"""A value met a filter, tag or comparison that cannot take it."""
INVALID_TEMPLATE = "InvalidTemplate"
"""The template is not Liquid, or uses a tag or filter that does not exist."""
INVALID_INPUT = "InvalidInput"
"""The task's input is not JSON, or is nested too deeply."""
UNKNOWN_VARIABLE = "UnknownVariable"
"""The template prints or tests what nothing gives a value."""
OUTPUT_LIMIT = "OutputLimit"
"""The page would be larger than a browser should be asked to show."""


@dataclass(frozen=True, slots=True)
class TemplateError:
    """One thing that is wrong, or with `is_warning` one that renders and is hardly meant.

    `line` and `column` count from 1; None where no place in the template is at fault. `count` is the number of places that
    it stands for.
    """

    code: str
    message: str
    line: int | None = None
    column: int | None = None
    is_warning: bool = False
    count: int = 1

    @classmethod
    def at(cls, code: str, message: str, source: str, index: int, *, is_warning: bool = False) -> Self:
        """A problem at the character `index` of the template `source`; the message becomes a sentence with the place."""
        line = source.count("\n", 0, index) + 1
        column = index - source.rfind("\n", 0, index)
        sentence = f"{message[:1].upper()}{message[1:]} (line {line}, column {column})."
        return cls(code, sentence, line, column, is_warning)

    def placed(self, source: str, index: int) -> TemplateError:
        """The same problem with its place, unless it has one."""
        if self.line is not None:
            return self
        return TemplateError.at(self.code, self.message.removesuffix("."), source, index)


class RenderError(Exception):
    """A template did not render."""

    def __init__(self, problem: TemplateError) -> None:
        super().__init__(f"{problem.code}: {problem.message}")
        self.problem = problem
