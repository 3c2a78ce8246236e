"""What a template says itself, whatever its input: its text without the Liquid."""

from __future__ import annotations

import re

from liquid.exceptions import LiquidError
from liquid.token import TOKEN_CONTENT

from secondlook.review.liquid.environment import TEMPLATES

HOLE = "\ufffc"
"""Stands for each character of Liquid; nothing that touches it is known."""

_JOINED_NAME = re.compile(f"<[A-Za-z0-9-]*{HOLE}")


def literal(template: str) -> str:
    """`template` with `HOLE` for every character that is Liquid, comments included, so that places stay what they are.

    A template that is no Liquid is holes from its first fault on.
    """
    parts, position = [], 0
    try:
        for token in TEMPLATES.tokenizer()(template):
            if token.kind == TOKEN_CONTENT:
                # White space that `-%}` takes away stands between the token's place and its text.
                start = template.index(token.value, token.start_index)
                parts += [HOLE * (start - position), token.value]
                position = start + len(token.value)
    except LiquidError:
        pass
    return "".join([*parts, HOLE * (len(template) - position)])


def may_print_elements(template: str) -> bool:
    """Whether the page may have elements that stand neither in the template's text nor in its expressions."""
    return "skip_autoescape" in template or _JOINED_NAME.search(literal(template)) is not None
