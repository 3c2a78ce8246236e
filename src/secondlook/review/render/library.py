"""The element library that templates load is ours, and what would lead a task page away stays on it.

Templates name `https://assets.crowd.aws/crowd-html-elements.js`, its `-v2.js` or its style sheet; some misspell it, some
leave it out, since the service adds it [crowd-elements/index.md: Rules common to every element, 1]. Those written for
Mechanical Turk name its script beside or instead. The page that a worker gets loads our own bundle before anything else,
and nothing is fetched from Amazon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from secondlook.review.render import elements
from secondlook.review.render.insert_head import insert_head
from secondlook.review.render.markup import Attribute, StartTag, start_tags

_HOST = r"(?:https?:)?//assets\.crowd\.aws/"
_ADDRESS = re.compile(rf"[\t\n\f\r ]*{_HOST}(?P<path>[^?#]*)(?:[?#].*)?", re.IGNORECASE | re.DOTALL)
_MTURK = re.compile(
    r"[\t\n\f\r ]*(?:https?:)?//(?:mturk-public\.s3\.amazonaws\.com|s3\.amazonaws\.com/mturk-public)/externalHIT_v1\.js(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Its functions are in our bundle (`elements/src/frame/mturk.ts`)."""
_IN_SCRIPT = re.compile(
    rf"{_HOST}(?:(?P<css>css/crowd-html-elements-v2\.css)|crowd-html-elements(?:-v2)?\.js)"
)
_NOTHING = 'src="data:text/javascript,"'


class _Change(NamedTuple):
    """What stands in the page from `start` to `end` becomes `text`."""

    start: int
    end: int
    text: str


def rewrite(page: str, bundle_url: str, stylesheet_url: str) -> str:
    """`page` with our bundle first in its head and nothing of Amazon's; it does not refresh itself.

    What a template does before it names the library finds the bundle there, and a script tag that swallows the rest of
    the page cannot be the one that loads it.
    """
    parts = []
    position = 0
    for change in _changes(page, bundle_url, stylesheet_url):
        parts += [page[position : change.start], change.text]
        position = change.end
    bundle = f'<script src="{escape(bundle_url)}"></script>'
    return insert_head("".join([*parts, page[position:]]), bundle)


def chunks(page: str) -> list[str]:
    """The scripts beside the bundle that the elements on the page need: known here, they need not wait for it."""
    return elements.scripts(dict.fromkeys(tag.name for tag in start_tags(page)))


def is_library(address: str) -> bool:
    """Whether a script with this address is the element library, or Mechanical Turk's, which ours stands for."""
    return _ADDRESS.fullmatch(address) is not None or _MTURK.fullmatch(address) is not None


def refreshes(tag: StartTag) -> bool:
    """Whether this is a `<meta>` that loads the page anew or another one: work would be lost, so a task page has none."""
    pragma = tag.attributes.get("http-equiv")
    return tag.name == "meta" and pragma is not None and pragma.value.strip().lower() == "refresh"


def _changes(page: str, bundle_url: str, stylesheet_url: str) -> Iterator[_Change]:
    """What to replace, in order."""
    for tag in start_tags(page):
        if tag.name == "script":
            yield from _script(page, tag, bundle_url, stylesheet_url)
        elif tag.name == "link" and (kind := _kind(tag.attributes.get("href"))) is not None:
            url = stylesheet_url if kind == "css" else bundle_url
            yield from _attributes(tag, "href", f'href="{escape(url)}"')
        elif refreshes(tag):
            pragma = tag.attributes["http-equiv"]
            yield _Change(pragma.start, pragma.end, 'data-http-equiv="refresh"')


def _script(page: str, tag: StartTag, bundle_url: str, stylesheet_url: str) -> Iterator[_Change]:
    if "src" in tag.attributes and is_library(tag.attributes["src"].value):
        # Run already. The tag stays: a template may listen for its `load`.
        yield from _attributes(tag, "src", _NOTHING)
    # A script may load the library itself.
    for match in _IN_SCRIPT.finditer(page, tag.end, tag.raw_end):
        yield _Change(match.start(), match.end(), stylesheet_url if match["css"] else bundle_url)


def _attributes(tag: StartTag, name: str, text: str) -> Iterator[_Change]:
    """The attribute becomes `text`; a hash of Amazon's file would keep the browser from running it."""
    for attribute in tag.attributes.values():
        if attribute.name == name:
            yield _Change(attribute.start, attribute.end, text)
        elif attribute.name == "integrity":
            yield _Change(attribute.start, attribute.end, "")


def _kind(address: Attribute | None) -> str | None:
    """`css` or `js` for an address on Amazon's host, whatever the file is called there."""
    match = _ADDRESS.fullmatch(address.value) if address else None
    if match is None:
        return None
    return "css" if match["path"].lower().endswith(".css") else "js"
