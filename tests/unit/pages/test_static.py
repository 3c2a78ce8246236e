"""Files are addressed by content, readable by task pages, and nothing outside the directory is served."""

import gzip

import pytest

from secondlook.pages.static import BUILT, BUNDLE, Assets, assets
from secondlook.review.render import elements


def test_the_url_of_a_file_names_its_content_and_is_kept_for_ever(stranger):
    reply = stranger.get(assets.url("portal.css"))

    assert reply.status == 200
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["content-type"].startswith("text/css")


def test_a_script_that_the_build_named_by_its_content_is_kept_for_ever(stranger):
    for path in elements.scripts(["crowd-bounding-box"]):
        url = assets.url(BUILT + path)
        reply = stranger.get(url)

        assert url == f"/static/built/{path}"
        assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, "text/javascript")
        assert "immutable" in reply.headers["cache-control"]
        assert reply.headers["access-control-allow-origin"] == "*"


def test_without_the_content_in_the_url_the_browser_asks_again(stranger):
    reply = stranger.get("/static/portal.css")

    assert reply.headers["cache-control"] == "public, no-cache"
    assert stranger.get("/static/portal.css", if_none_match=reply.headers["etag"]).status == 304


def test_task_pages_may_read_it(stranger):
    assert stranger.get("/static/portal.css").headers["access-control-allow-origin"] == "*"


def test_it_is_packed_for_who_can_unpack(stranger):
    plain, packed = (
        stranger.get("/static/portal.css", accept_encoding=coding) for coding in ("identity", "gzip, br")
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert plain.body == gzip.decompress(packed.body)


def test_what_the_build_has_packed_tighter_is_sent_tighter(stranger):
    """Each task loads the elements anew: no cache is shared with an opaque origin."""
    plain, gzipped, brotli = (
        stranger.get(f"/static/{BUNDLE}", accept_encoding=coding)
        for coding in ("identity", "gzip", "gzip, deflate, br")
    )

    assert ["br", "gzip"] == [reply.headers["content-encoding"] for reply in (brotli, gzipped)]
    assert len(brotli.body) < len(gzipped.body) < len(plain.body)


@pytest.mark.parametrize(
    "path",
    [
        "../site.py",
        "..%2fsite.py",
        "/etc/passwd",
        "",
        "built",
        "no-such-file.js",
        "\0",
        "a" * 5000,
        "a/" * 2500,
    ],
)
def test_there_is_nothing_else(stranger, path):
    assert stranger.get(f"/static/{path}").status == 404


def test_one_file_is_kept_once_however_its_path_is_spelled(stranger):
    kept = Assets()
    for number in range(1, 2200):
        assert kept.find("./" * number + "portal.css") is kept.find("portal.css")

    assert len(kept._known) == 1
