"""The gallery of the console, and the one that needs no server: each element live, its attributes to edit, its answer as it changes."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from secondlook.pages.console.gallery import tags
from secondlook.review.render import elements

ROOT = Path(__file__).parents[3]


@pytest.fixture
def gallery(world, enter):
    """Opens the page of an element as an admin."""
    world.person("root", admin=True)

    def open_element(tag: str, **options: Any) -> Page:
        page = enter("root", f"/console/elements/{tag}", **options)
        expect(page.locator("#page:not([aria-busy])")).to_be_attached()
        return page

    return open_element


def answer(page: Page) -> Any:
    return json.loads(page.locator("#answer").inner_text() or "null")


def test_every_element_that_is_served_has_its_page():
    assert set(elements.served()) <= set(tags())


@pytest.mark.parametrize("tag", tags())
def test_each_is_live_with_its_first_example(gallery, tag):
    page = gallery(tag)

    expect(page.frame_locator("#page").locator("#it")).to_be_attached()
    expect(page.locator("#answer")).not_to_be_empty()
    expect(page.locator("#answer-title")).to_have_text("Answer")
    named = page.locator(".attribute code").all_inner_texts()
    assert {*elements.cases()[tag][0]["attributes"]} <= {*named}


def test_an_example_with_a_mask_finds_it(gallery):
    page = gallery("crowd-semantic-segmentation")

    page.get_by_label("Example").select_option("a mask in lenient JSON")

    expect(page.frame_locator("#page").get_by_role("status")).to_contain_text("2 areas")


def test_the_answer_knows_the_size_of_a_picture_before_anybody_works(gallery):
    page = gallery("crowd-keypoint")

    expect(page.locator("#answer")).to_contain_text('"width": 600')


def test_the_answer_follows_what_is_done_and_what_is_edited(gallery):
    page = gallery("textarea")
    field = page.frame_locator("#page").locator("#it")
    field.fill("by hand")
    expect(page.locator("#answer")).to_contain_text("by hand")
    page.get_by_label("name", exact=True).fill("other")

    expect(page.locator("#answer")).to_contain_text("other")
    assert {"other": "by hand"} == answer(page)


def test_attributes_that_the_element_looks_at_can_be_set_and_taken_away(gallery):
    page = gallery("crowd-bounding-box")
    page.get_by_label("header", exact=True).fill("<b>Another</b> header")
    header = page.frame_locator("#page").get_by_text("<b>Another</b> header")
    expect(header).to_be_visible()
    page.get_by_label("header is there").uncheck()

    expect(header).to_have_count(0)


def test_another_example_and_another_content_are_a_page_anew(gallery):
    page = gallery("select")
    page.locator("#example").select_option(index=1)
    page.locator("#content").fill("<option>first<option selected>second")
    page.locator("#content").blur()

    expect(page.locator("#answer")).to_contain_text("second")


def test_the_frame_is_as_high_as_what_it_shows(gallery):
    page = gallery("textarea")
    frame = page.locator("#page")
    expect(frame).to_have_css("height", "242px")
    page.locator("#content").fill("words")
    page.locator("#content").blur()
    field = page.frame_locator("#page").locator("#it")
    expect(field).to_have_value("words")

    field.evaluate("(element) => element.style.height = '300px'")
    page.wait_for_function("document.querySelector('#page').clientHeight > 340")
    inner = (
        page.frame_locator("#page")
        .locator("html")
        .evaluate("(root) => root.scrollHeight - root.clientHeight")
    )
    assert 0 == inner
    field.evaluate("(element) => element.style.height = '3000px'")
    expect(frame).to_have_css("height", "642px")


def test_the_list_is_seen_to_its_end_where_the_page_begins(gallery):
    page = gallery("worker-comment")

    expect(page.get_by_role("link", name="worker-comment")).to_be_in_viewport(ratio=1)
    assert page.locator(".tags").bounding_box()["y"] + page.locator(".tags").bounding_box()["height"] <= 800
    assert 0 == page.evaluate("scrollY")


def test_it_can_be_submitted_and_begun_again(gallery):
    page = gallery("textarea")
    page.frame_locator("#page").get_by_role("button", name="Submit").click()
    expect(page.locator("#answer-title")).to_have_text("Submitted")
    page.get_by_role("button", name="Start again").click()

    expect(page.locator("#answer-title")).to_have_text("Answer")
    expect(page.frame_locator("#page").get_by_role("button", name="Submit")).to_be_enabled()


def test_what_stands_in_a_link_is_shown_only_in_the_gallerys_frame(gallery):
    page = gallery("textarea")
    page.goto("/console/elements/frame/page#%3Ch1%3ESign%20in%3C%2Fh1%3E")

    expect(page.locator("h1")).to_have_count(0)


def test_whoever_is_no_admin_has_none(world, enter):
    assert "Elements" not in enter("alice", "/work").locator("nav").inner_text()
    assert 403 == enter("alice", "/work").request.get("/console/elements/textarea").status


def test_an_element_that_is_not_there_is_said(world, enter):
    world.person("root", admin=True)

    assert 404 == enter("root", "/work").request.get("/console/elements/crowd-nothing").status


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_it_fits(gallery, violations, width, scheme):
    page = gallery("crowd-bounding-box", viewport={"width": width, "height": 800}, color_scheme=scheme)

    assert [] == violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def site(tmp_path):
    """The gallery of the documentation behind a plain web server; its address."""
    subprocess.run([sys.executable, ROOT / "docs/gallery.py", tmp_path], check=True)
    handler = functools.partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_one_for_the_documentation_needs_no_server_of_ours(chromium, site):
    page = chromium.new_page()
    page.goto(f"{site}/crowd-bounding-box.html")
    page.frame_locator("#page").locator(".surface").press("n")

    expect(page.locator("#answer")).to_contain_text("boundingBoxes")
    expect(page.get_by_role("link", name="textarea")).to_have_attribute("href", "textarea.html")
    page.close()
