"""The element library that templates load is ours.

Templates name `https://assets.crowd.aws/crowd-html-elements.js`, its `-v2.js` or its style sheet; some misspell it, some
leave it out, since the service adds it [crowd-elements/index.md: Rules common to every element, 1]. The page that a
worker gets names our own bundle, and nothing is fetched from Amazon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from secondlook.review.render import elements
from secondlook.review.render.insert_head import insert_head
from secondlook.review.render.markup import Attribute, StartTag, start_tags

_HOST = r"(?:https?:)?//assets\.crowd\.aws/"
_ADDRESS = re.compile(rf"[\t\n\f\r ]*{_HOST}(?P<path>[^?#]*)(?:[?#].*)?", re.IGNORECASE | re.DOTALL)
_IN_SCRIPT = re.compile(
    rf"{_HOST}(?:(?P<css>css/crowd-html-elements-v2\.css)|crowd-html-elements(?:-v2)?\.js)"
)
_NOTHING = "data:text/javascript,"


def rewrite(page: str, bundle_url: str, stylesheet_url: str) -> str:
    """`page` with our bundle in place of Amazon's, added first where no script names it, and run only once."""
    parts = []
    position, loaded = 0, False
    for start, end, text, loads in _changes(page, bundle_url, stylesheet_url):
        again = loads and loaded
        loaded = loaded or loads
        parts += [page[position:start], f'src="{_NOTHING}"' if again else text]
        position = end
    rewritten = "".join([*parts, page[position:]])
    return rewritten if loaded else insert_head(rewritten, f'<script src="{escape(bundle_url)}"></script>')


def chunks(page: str) -> list[str]:
    """The scripts beside the bundle that the elements on the page need: known here, they need not wait for it."""
    return elements.scripts(dict.fromkeys(tag.name for tag in start_tags(page)))


def is_library(address: str) -> bool:
    """Whether a script with this address is the element library."""
    return _ADDRESS.fullmatch(address) is not None


def _changes(page: str, bundle_url: str, stylesheet_url: str) -> Iterator[tuple[int, int, str, bool]]:
    """What to replace, in order: from, to, by what, and whether this loads the library."""
    for tag in start_tags(page):
        if tag.name == "script":
            yield from _script(page, tag, bundle_url, stylesheet_url)
        elif tag.name == "link" and (kind := _kind(tag.attributes.get("href"))) is not None:
            url = stylesheet_url if kind == "css" else bundle_url
            yield from _attributes(tag, "href", url, loads=False)


def _script(
    page: str, tag: StartTag, bundle_url: str, stylesheet_url: str
) -> Iterator[tuple[int, int, str, bool]]:
    if _kind(tag.attributes.get("src")) is not None:
        yield from _attributes(tag, "src", bundle_url, loads=True)
    # A script may load the library itself.
    for match in _IN_SCRIPT.finditer(page, tag.end, tag.raw_end):
        yield match.start(), match.end(), stylesheet_url if match["css"] else bundle_url, False


def _attributes(tag: StartTag, name: str, url: str, *, loads: bool) -> Iterator[tuple[int, int, str, bool]]:
    """The address becomes ours; a hash of Amazon's file would keep the browser from running it."""
    for attribute in tag.attributes.values():
        if attribute.name == name:
            yield attribute.start, attribute.end, f'{name}="{escape(url)}"', loads
        elif attribute.name == "integrity":
            yield attribute.start, attribute.end, "", False


def _kind(address: Attribute | None) -> str | None:
    """`css` or `js` for an address on Amazon's host, whatever the file is called there."""
    match = _ADDRESS.fullmatch(address.value) if address else None
    if match is None:
        return None
    return "css" if match["path"].lower().endswith(".css") else "js"
