"""Every element in Firefox, by the same cases as in Chromium, and what our first script supplies there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bundle import chunk
from tests.element_cases import FILLED, SERVED, Case

from .conftest import Worked

pytestmark = pytest.mark.browser

SMOKE = list({case.tag: case for case in (*SERVED, *FILLED)}.values())
"""Of each element one case: that with which a worker fills it in, where there is one."""

FIELD = """<crowd-form><p id="it"><input name="it" id="field"></p></crowd-form>
<script>const found = (value) => { field.value = value; it.insertAdjacentHTML('beforeend', '<b>found</b>'); }</script>"""


@pytest.mark.parametrize("case", SMOKE, ids=lambda case: case.tag)
def test_an_element_is_filled_in_and_handed_in(worked: Worked, case: Case) -> None:
    seen = worked(case.html(), case.fill)

    filled = case.filled if case.fill else case.answer
    assert (seen.get("failed"), seen.get("untouched"), seen.get("filled")) == (None, case.answer, filled)
    assert seen["submits"] == ([filled] if case.fill or case.refused is None else [])


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("localStorage.a = 1; found(localStorage.getItem('a') + sessionStorage.length)", "10"),
        ("document.cookie = 'a=b; path=/'; found(document.cookie)", "a=b"),
        ("new Worker('/worker.js').onmessage = ({data}) => found(data)", "from a worker"),
        ("new Worker('/worker.js', {type: 'module'}).onmessage = ({data}) => found(data)", "from a worker"),
    ],
    ids=["storage", "cookie", "worker", "worker of modules"],
)
def test_an_opaque_page_has(worked: Worked, site: Any, script: str, expected: str) -> None:
    site.bodies["/worker.js"] = b"postMessage('from a worker')"

    seen = worked(f"{FIELD}<script>{script}</script>", [["click", "b"]])

    assert (seen["filled"], seen["errors"]) == ({"it": expected}, [])


def test_an_import_map_holds_though_our_script_stands_before_it(worked: Worked, site: Any) -> None:
    site.bodies["/named.js"] = b"export const name = 'by its name'"
    keypoint = "<crowd-keypoint src='/picture.png' labels=\"['eye']\"></crowd-keypoint>"
    page = f"""<script type="importmap">{{"imports": {{"named": "/named.js"}}}}</script>{FIELD}<crowd-form>{keypoint}</crowd-form>
    <script type="module">import {{name}} from 'named'; found(name)</script>"""

    seen = worked(page, [["click", "b"]])

    assert (seen.get("failed"), seen["filled"], seen["errors"]) == (None, {"it": "by its name"}, [])


def test_a_plain_form_is_handed_in(worked: Worked) -> None:
    seen = worked(
        "<form action='https://www.mturk.com/'><input id='it' name='it'></form>", [["fill", "xpath=.", "x"]]
    )

    assert seen["submits"] == [{"it": "x"}]


def test_an_element_whose_script_does_not_come_is_reported(worked: Worked, site: Any) -> None:
    site.bodies[chunk("crowd-keypoint")] = None

    seen = worked(
        "<crowd-form><crowd-keypoint name='it' src='/picture.png' labels=\"['eye']\"></crowd-keypoint></crowd-form>"
    )

    assert seen["submits"] == []
    assert any("crowd-keypoint could not be loaded" in error for error in seen["errors"])
