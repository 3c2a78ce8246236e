"""The library that a page loads is ours, however the template names it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.review.render import rewrite

BUNDLE, STYLES = "/static/elements.js?v=1&w=2", "/static/elements.css"
AMAZON = "https://assets.crowd.aws/crowd-html-elements.js"
OURS = '<script src="/static/elements.js?v=1&amp;w=2"></script>'
NONE = '<script src="data:text/javascript,"></script>'


def ours(page: str) -> str:
    return rewrite(page, BUNDLE, STYLES)


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (f"{NONE}<crowd-form>", f'<script src="{AMAZON}"></script><crowd-form>'),
        (NONE, "<script src='https://assets.crowd.aws/crowd-html-elements-v2.js'></script>"),
        (NONE, f"<script src={AMAZON}></script>"),
        (NONE, '<script src="//assets.crowd.aws/crowd-html-elements.js"></script>'),
        (NONE, '<script src="http://assets.crowd.aws/crowd-html-elements.js"></script>'),
        (NONE, f'<script src="{AMAZON}?x=1#y"></script>'),
        (NONE, f'<script src="  {AMAZON}\n"></script>'),
        (NONE, '<script src="https&#58;//assets.crowd.aws/crowd-html-elements.js"></script>'),
        # Misspelt, as in one public template.
        (NONE, '<script src="https://assets.crowd.aws/crowd-html-element.js"></script>'),
        (
            '<SCRIPT async src="data:text/javascript,"\ndefer></SCRIPT>',
            f'<SCRIPT async SRC = "{AMAZON.upper()}"\ndefer></SCRIPT>',
        ),
        (
            '<p><html><head>x</head><body><form></form><script type="text/javascript" src="data:text/javascript," ></script>',
            f'<p><html><head>x</head><body><form></form><script type="text/javascript" src="{AMAZON}" integrity="sha384-abc"></script>',
        ),
        (
            f'{NONE}<link rel=stylesheet href="/static/elements.css">',
            f'<script src="{AMAZON}"></script><link rel=stylesheet href=https://assets.crowd.aws/css/crowd-html-elements-v2.css>',
        ),
        (
            f'<link href="/static/elements.js?v=1&amp;w=2" rel="preload" as="script">{NONE}',
            f'<link href="{AMAZON}" rel="preload" as="script"><script src="{AMAZON}"></script>',
        ),
        # Mechanical Turk's.
        (NONE, '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>'),
        (NONE, "<script src='//s3.amazonaws.com/mturk-public/externalHIT_v1.js'></script>"),
        (NONE, "<script src=http://mturk-public.s3.amazonaws.com/externalHIT_v1.js?x></script>"),
        # Without an end tag it would not run.
        (f"<crowd-form></crowd-form>{NONE[:-10]}/>", f'<crowd-form></crowd-form><script src="{AMAZON}"/>'),
    ],
)
def test_our_library_is_the_first_and_stands_for_every_spelling_of_amazons(expected, page):
    assert ours(page) == f"<!doctype html>{OURS}{expected}"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<crowd-form></crowd-form>",
        '<script src="https://assets.crowd.example/crowd-html-elements.js"></script>',
        '<script src="https://s3.amazonaws.com/mturk-public/bs30/js/bootstrap.min.js"></script>',
        '<script src="https://s3.amazonaws.com/mine/mturk-public/externalHIT_v1.js"></script>',
        f'x<!-- <script src="{AMAZON}"></script> -->',
        f"<textarea><script src='{AMAZON}'></script></textarea>",
        f"<p title=\"<script src='{AMAZON}'></script>\">",
        f'<img src="{AMAZON}">',
        f'<script data-src="{AMAZON}"></script>',
        f'<a href="{AMAZON}">the library</a>',
        f'<script src="{AMAZON}',
        "<meta name=refresh content=0><meta http-equiv=content-type content=refresh>",
        "<!--",
        "<script>",
    ],
)
def test_everything_else_stays_as_it_is(page):
    assert ours(page) == f"<!doctype html>{OURS}{page}"


@pytest.mark.parametrize(
    "pragma", ["http-equiv=refresh", 'HTTP-EQUIV=" Refresh "', "http-equiv='re&#102;resh'"]
)
def test_a_page_does_not_refresh_itself(pragma):
    page = f'<meta {pragma} content="1; url=https://example.org">x'

    expected = '<meta data-http-equiv="refresh" content="1; url=https://example.org">x'
    assert ours(page) == f"<!doctype html>{OURS}{expected}"


def test_the_library_is_added_inside_the_head():
    page = "<!doctype html><html><head><title>x</title></head>"

    assert ours(page) == f"<!doctype html><html><head>{OURS}<title>x</title></head>"


def test_a_script_that_loads_the_library_itself_loads_ours():
    page = f'<script>import("{AMAZON}"); style("https://assets.crowd.aws/css/crowd-html-elements-v2.css")</script>'

    assert f'<script>import("{BUNDLE}"); style("{STYLES}")</script>' in ours(page)


def test_a_script_written_in_a_script_is_no_tag():
    page = f'<script>document.title = "<script src=x>";</script><script src="{AMAZON}"></script>'

    expected = f'<script>document.title = "<script src=x>";</script>{NONE}'
    assert ours(page) == f"<!doctype html>{OURS}{expected}"


class Scripts(HTMLParser):
    """The scripts that Python's own parser finds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.sources += [value or "" for name, value in attrs if name == "src"][:1]


PIECES = st.sampled_from(
    [
        *("<", ">", "</", "/>", "<!--", "-->", "<!", "=", '"', "'", "&", " ", "\n", "x", "\0", "é"),
        *("<script", "</script>", "<p", "<title>", "</title>", "src", "<link", "href", "<style>", "</style>"),
        *(AMAZON, f'<script src="{AMAZON}">', f"<script src={AMAZON} src=x>", "<![CDATA[", "]]>", "<?"),
    ]
)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a>",
        "<a ",
        "</a>",
        '<a b="',
        "<a b=c d='e'>",
        "<!--",
        "<script>",
        "<title></title>",
        "<p/",
        "<!>",
    ],
)
def test_a_page_without_end_is_read_to_an_end(piece):
    page = piece * 300_000

    assert len(ours(page)) == len(page) + len(f"<!doctype html>{OURS}")


@given(st.lists(PIECES).map("".join) | st.text())
def test_any_page_ends_up_with_our_library(page):
    rewritten = ours(page)

    assert OURS in rewritten
    assert len(rewritten) < len(page) + 200 * (page.count(AMAZON) + 1)


@given(
    st.lists(st.sampled_from(["<p>", "text", f"<script src='{AMAZON}'></script>", "<b a=1>", "<!-- c -->"]))
)
def test_no_script_on_the_page_comes_from_amazon(pieces):
    scripts = Scripts(ours("".join(pieces))).sources

    assert scripts[0] == BUNDLE
    assert set(scripts[1:]) <= {"data:text/javascript,"}
