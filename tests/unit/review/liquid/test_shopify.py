"""What Shopify's implementation answers is answered here, but for the differences that `docs/liquid.md` lists with their reasons.

The page's own lines are always tried. The published cases (golden-liquid) and the collected differences are tried where
`shared/liquid` stands beside the project. Strict both ways: what is not listed must agree, and what is listed must not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from secondlook.review.liquid import RenderError
from secondlook.review.liquid.language import render_with

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "liquid.md").read_text(encoding="utf-8")
BESIDE = ROOT.parent / "shared" / "liquid"
ERROR = "error"


class Difference(NamedTuple):
    template: str
    shopifys: str
    ours: str
    cases: frozenset[str]
    """Names of published cases, or a tag of which all differ."""


def _differences() -> Iterator[Difference]:
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0].startswith("`{"):
            template, shopifys, ours = (cell.strip("`").replace(r"\|", "|") for cell in cells[:3])
            yield Difference(template, shopifys, ours, frozenset(re.findall("`([^`]+)`", cells[4])))


DIFFERENCES = list(_differences())
LISTED = frozenset(name for difference in DIFFERENCES for name in difference.cases)
(INPUT,) = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


def _answer(template: str, roots: dict[str, Any]) -> str:
    try:
        return render_with(template, roots, lambda uri: uri)
    except RenderError:
        return ERROR


def _agrees(answer: str, expected: list[str]) -> bool:
    """Escaping is A2I's, and no difference."""
    return answer in expected or unescape(answer) in expected


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.template)
def test_a_listed_difference_is_one(difference):
    answer = unescape(_answer(difference.template, {"task": {"input": INPUT}}))

    assert difference.ours == answer != difference.shopifys


def _published() -> list[dict[str, Any]]:
    file = BESIDE / "golden_liquid.json"
    return json.loads(file.read_bytes())["tests"] if file.is_file() else []


PUBLISHED = _published()
beside = pytest.mark.skipif(not PUBLISHED, reason="shared/liquid is not beside the project")


@beside
@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["name"])
def test_a_published_case_gives_what_is_published_unless_it_is_listed(case):
    answer = _answer(case["template"], case.get("data", {}))
    expected = [ERROR] if case.get("invalid") else case.get("results") or [case["result"]]
    is_listed = not LISTED.isdisjoint([case["name"], *case.get("tags", ())])

    assert _agrees(answer, expected) is not is_listed, (answer, expected)


@beside
def test_what_the_page_lists_is_published():
    published = {name for case in PUBLISHED for name in (case["name"], *case.get("tags", ()))}

    assert published >= LISTED


@beside
def test_collected_differences_are_gone_or_listed():
    task_input = json.loads((BESIDE / "input.json").read_bytes())
    lines = (BESIDE / "differences.tsv").read_text(encoding="utf-8").splitlines()[1:]
    listed = {difference.template for difference in DIFFERENCES}
    for expression, _, shopifys in (map(json.loads, line.split("\t")) for line in lines):
        template = expression if expression.startswith("{") else f"{{{{ {expression} }}}}"
        expected = ERROR if "Liquid error" in shopifys or shopifys.startswith("ERR") else shopifys
        answer = unescape(_answer(template, {"task": {"input": task_input}}))

        assert (answer == expected) is (template not in listed), (template, answer, expected)
