"""A rendering process: what it holds, what it loads, and when it ends."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook.review.render import Renderer
from tests import processes

PARENT = """
import sys
from secondlook.review.render import Renderer

def light(uri):
    print("lit", flush=True)
    return uri

renderer = Renderer(workers=1, seconds=float(sys.argv[2]))
print(renderer.render("ready", "{}", str), flush=True)
if sys.argv[1] == "burn":
    renderer.render("{{ 's3://bucket/key' | grant_read_access }}{% for i in (1..1000000000000) %}{% endfor %}", "{}", light)
sys.stdin.read()
"""


@pytest.fixture
def child(renderer, link, children):
    renderer.render("{{ 1 }}", "{}", link)
    (pid,) = children()
    return Path(f"/proc/{pid}")


def test_a_child_has_no_environment_and_no_descriptors_but_its_pipes(child):
    names = sorted(int(entry.name) for entry in (child / "fd").iterdir())

    assert (child / "environ").read_bytes() == b""
    assert names == [0, 1, 2]


def test_a_child_has_its_own_session(child):
    session = int((child / "stat").read_text().rpartition(")")[2].split()[3])

    assert session == int(child.name)


@pytest.mark.parametrize(
    ("most", "limit"),
    [
        (512 * 2**20, resource.RLIMIT_AS),
        (0, resource.RLIMIT_FSIZE),
        (0, resource.RLIMIT_CORE),
        (8, resource.RLIMIT_NOFILE),
    ],
)
def test_a_child_has_limits_that_it_cannot_raise(child, most, limit):
    assert resource.prlimit(int(child.name), limit) == (most, most)


def test_a_child_loads_the_language_and_nothing_of_the_server():
    script = "import sys, secondlook.review.render.child; print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, text=True
        ).stdout.split()
    )

    assert "liquid" in loaded
    assert not loaded & {
        "sqlalchemy",
        "starlette",
        "botocore",
        "boto3",
        "aiohttp",
        "secondlook.store",
        "secondlook.wire",
    }


def test_the_server_does_not_load_the_language():
    script = "import sys, secondlook.review.render; print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, text=True
        ).stdout.split()
    )

    assert not loaded & {"liquid", "babel", "dateutil", "secondlook.review.liquid"}


@pytest.mark.parametrize(("way", "words"), [("rest", 1), ("burn", 2)])
def test_a_child_ends_when_its_server_is_killed(way, words, children, watch):
    with processes.running(
        [sys.executable, "-c", PARENT, way, "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        for _ in range(words):
            server.stdout.readline()
        (child,) = children(server.pid)
        ends = watch(child)
        server.kill()

        assert ends()


def test_a_child_ends_when_it_has_grown_large(link, children, watch):
    before = children()
    with Renderer(workers=1) as renderer:
        renderer.render("{{ 1 }}", "{}", link)
        (child,) = children() - before
        ends = watch(child)
        renderer.render(
            "{% assign a = '世' %}{% for i in (1..26) %}{% assign a = a | append: a %}{% endfor %}",
            "{}",
            link,
        )

        assert ends()
        assert renderer.render("{{ 1 }}", "{}", link) == "1"


LARGE_PARENT = """
from secondlook.review.render import Renderer

held = bytearray(200 << 20)
held[::4096] = b"x" * len(held[::4096])
del held
with Renderer(workers=1) as renderer:
    print(renderer.render("{{ 1 }}", "{}", str), flush=True)
"""


def test_a_child_of_a_large_server_is_small():
    done = subprocess.run(
        [sys.executable, "-c", LARGE_PARENT], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout == "1\n"
