"""The gallery: every element live, its attributes to edit, its answer as it changes. The cases of `elements/cases` fill it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondlook.pages import csp, rendering
from secondlook.pages.layout import Layout, layout
from secondlook.pages.routes import Open, Route
from secondlook.pages.static import BUNDLE, assets
from secondlook.pages.visit import Visit
from secondlook.review.errors import NotFound
from secondlook.review.render import elements
from secondlook.wire.sandbox import SANDBOX

OBJECTS = {"/picture.png": "sample.png", "/mask.png": "sample-mask.png", "/document.pdf": "sample.pdf"}
"""What cases call the pictures and the document that their elements are given, and our files for them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The element that a gallery shows, and which others there are.

    - `elements`: the tags of all; `tag`: this one; `about`: what it is for, in a few words.
    - `examples`: the titles of its examples; `sandbox`: what the frame may do; `suffix`: what follows a tag in a link.
    - `frame`: the page in the frame; `script`: the script of the gallery.
    - `script_data`: what it must know; see `elements/pages/gallery/example.ts`.
    """

    elements: Sequence[str]
    tag: str
    about: str
    examples: Sequence[str]
    sandbox: str
    suffix: str
    frame: str
    script: str
    script_data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gallery:
    """The gallery in the console.

    - `layout`: what stands around it; `shown`: the element, and which others there are.
    """

    template: ClassVar = "console/gallery.html"
    layout: Layout
    shown: Shown


@dataclass(frozen=True, slots=True)
class GalleryAlone:
    """The gallery as a page of its own, for documentation that is read without a server (`docs/gallery.py`).

    - `shown`: the element, and which others there are; `stylesheet`: where the look of our pages lies.
    """

    template: ClassVar = "console/gallery_alone.html"
    shown: Shown
    stylesheet: str


@dataclass(frozen=True, slots=True)
class GalleryFrame:
    """What runs in the frame: the page that stands in the fragment of its address.

    - `bundle`: where the elements lie; the frame has an opaque origin, or none of ours.
    """

    template: ClassVar = "console/gallery_frame.html"
    bundle: str


def tags() -> list[str]:
    """The elements that are served and have an example, and the controls of HTML that templates use."""
    return [tag for tag in elements.cases() if tag in elements.served() or "-" not in tag]


def shown(
    tag: str,
    frame: str,
    script: str,
    address: Callable[[str], str],
    *,
    sandbox: str = SANDBOX,
    suffix: str = "",
) -> Shown:
    """An element of `tags` in a gallery whose parts lie there, as our files do at their `address`."""
    examples = elements.cases()[tag]
    return Shown(
        elements=tags(),
        tag=tag,
        about={**elements.AMAZONS, **elements.OURS}.get(tag, "a control of HTML"),
        examples=[example["title"] for example in examples],
        sandbox=sandbox,
        suffix=suffix,
        frame=frame,
        script=script,
        script_data={
            "tag": tag,
            "bringsForm": tag in elements.FORMS,
            "examples": examples,
            "objects": {path: address(file) for path, file in OBJECTS.items()},
        },
    )


def first(_visit: Visit) -> Response:
    """`GET /console/elements`."""
    return RedirectResponse(f"/console/elements/{tags()[0]}", 303)


def show(visit: Visit) -> Response:
    """`GET /console/elements/<tag>`."""
    tag = visit.path_params["tag"]
    if tag not in tags():
        raise NotFound(f"There is no element {tag!r} here.")
    part = shown(
        tag,
        "/console/elements/frame/page",
        assets.url("built/gallery.js"),
        lambda file: visit.arrival.base_url + assets.url(file),
    )
    return rendering.page(Gallery(layout(visit, "elements"), part))


def frame(visit: Visit) -> Response:
    """`GET /console/elements/frame/page`."""
    page = rendering.html(GalleryFrame(visit.arrival.base_url + assets.url(BUNDLE)))
    return HTMLResponse(page, headers=csp.TASK_PAGE)


ROUTES = (
    Route("GET", "/console/elements", first, Open.TO_ADMINS),
    Route("GET", "/console/elements/{tag}", show, Open.TO_ADMINS),
    Route("GET", "/console/elements/frame/page", frame, Open.TO_ADMINS),
)
