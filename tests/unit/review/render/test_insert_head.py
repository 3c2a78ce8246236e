"""Our markup comes first in the head of any page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.render import insert_head

OURS = '<meta name="nonce">'


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (f"<!doctype html>{OURS}", ""),
        (f"<!doctype html>{OURS}text", "text"),
        (f"<!doctype html>{OURS}<script></script><html><head>", "<script></script><html><head>"),
        (f"<!doctype html><html>{OURS}<body>", "<html><body>"),
        (f"<!doctype html><head>{OURS}<title>", "<head><title>"),
        (f"<!doctype html>{OURS}<header>", "<header>"),
        (f"<!DOCTYPE html>{OURS}<p>", "<!DOCTYPE html><p>"),
        (
            f"<!doctype html>\n<html lang='a>b'>\n<HEAD class=x>{OURS}<title>",
            "<!doctype html>\n<html lang='a>b'>\n<HEAD class=x><title>",
        ),
        (f"\ufeff<!doctype html><!-- a --> <!----><head>{OURS}", "\ufeff<!-- a --> <!----><head>"),
        (
            f"<!-- a --><!doctype html><html><!-- b --><head>{OURS}",
            "<!-- a --><!doctype html><html><!-- b --><head>",
        ),
        (f"<!doctype html>{OURS}<!-- never closed <head>", "<!-- never closed <head>"),
        (f"<!doctype html>{OURS}<html never closed", "<html never closed"),
        (f"<!doctype html>{OURS}</head><head>", "</head><head>"),
    ],
)
def test_our_markup_is_first_in_the_head(expected, page):
    assert insert_head(page, OURS) == expected


@given(
    st.text()
    | st.lists(st.sampled_from(["<!--", "-->", "<html", "<head>", "<!doctype", ">", " ", "x", "'"])).map(
        "".join
    )
)
def test_nothing_else_of_the_page_changes(page):
    assert insert_head(page, OURS).replace(OURS, "", 1).removeprefix("\ufeff").removeprefix(
        "<!doctype html>"
    ) in {
        page,
        page.removeprefix("\ufeff"),
        page.removeprefix("<!doctype html>"),
    }
