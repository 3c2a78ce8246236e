"""A page that arrives in pieces, as over a slow line, is there in full in the end."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.split_proxy import split

pytestmark = pytest.mark.browser

LOADS = 12

PAGE = """<!DOCTYPE html><title>Task</title>
<script>
  window.moved = [];
  const { moveBefore } = Element.prototype;
  Element.prototype.moveBefore = function (node, child) {
    moved.push(node.localName);
    return moveBefore.call(this, node, child);
  };
</script>
<script src="/crowd-html-elements.js"></script>
<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" labels="['a', 'b']" header="Draw">
<short-instructions>Short</short-instructions><full-instructions>Full</full-instructions></crowd-bounding-box>
<iframe srcdoc="<p>document</p>"></iframe></crowd-form>
<script>window.after = 1; /* %s */</script>"""

FRAME = '<!DOCTYPE html><iframe sandbox="allow-scripts" style="width:100%;height:700px" src="/page"></iframe>'

SIZES = """() => ['crowd-form', 'form', 'crowd-bounding-box', 'iframe'].map((name) => {
  const {width, height} = document.querySelector(name).getBoundingClientRect();
  return width > 0 && height > 0;
})"""


def test_everything_on_it_has_a_size(browser: Browser, site: Any) -> None:
    site.page("/page", PAGE % ("x" * 2000))
    site.page("/frame", FRAME)
    with split(urlsplit(site.url).port or 0) as port, browser.new_context() as context:
        page = context.new_page()
        for _ in range(LOADS):
            page.goto(f"http://127.0.0.1:{port}/frame")
            task = page.frames[1]
            task.wait_for_function("window.after && document.readyState === 'complete'")
            task.wait_for_function(
                "document.querySelector('crowd-bounding-box').value?.inputImageProperties.width"
            )

            assert task.evaluate(SIZES) == [True] * 4
            assert task.evaluate("moved") == ["iframe"]
