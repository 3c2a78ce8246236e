"""Many callers, few children."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Event, Lock

import pytest

from secondlook.review.render import Renderer, RenderFailed

BOMB = "{{ 's3://bucket/key' | grant_read_access }}{% for i in (1..1000000000000) %}{% endfor %}"


def until(condition: Callable[[], object]) -> None:
    pause = Event()
    while not condition():
        pause.wait(0.005)


def test_others_are_served_while_a_bomb_burns(link):
    lit = Event()

    def light(uri: str) -> str:
        lit.set()
        return uri

    with ThreadPoolExecutor() as threads, Renderer(workers=2, seconds=600) as renderer:
        bomb = threads.submit(renderer.render, BOMB, "{}", light)
        lit.wait()
        pages = [renderer.render("{{ task.input }}", str(number), link) for number in range(20)]
        burning = not bomb.done()
        renderer.close()

        assert pages == [str(number) for number in range(20)]
        assert burning
        with pytest.raises(RenderFailed, match="InternalError"):
            bomb.result()


def test_callers_wait_when_all_children_are_busy_and_are_served_in_turn(link):
    first_is_in, go_on = Event(), Event()
    served: list[str] = []
    lock = Lock()

    def grant(uri: str) -> str:
        with lock:
            served.append(uri)
        first_is_in.set()
        go_on.wait()
        return uri

    with ThreadPoolExecutor() as threads, Renderer(workers=1) as renderer:

        def page(number: int) -> str:
            return renderer.render("{{ task.input | grant_read_access }}", f'"s3://bucket/{number}"', grant)

        pages = [threads.submit(page, 0)]
        first_is_in.wait()
        for number in range(1, 5):
            pages.append(threads.submit(page, number))
            until(lambda number=number: len(renderer._pool._waiting[False]) == number)
        go_on.set()

        assert [page.result() for page in pages] == [f"s3://bucket/{number}" for number in range(5)]
        assert served == [f"s3://bucket/{number}" for number in range(5)]


def test_many_threads_get_their_own_pages(link):
    def page(number: int) -> str:
        return renderer.render(
            "{{ task.input }} {{ 's3://bucket/key' | grant_read_access }}", str(number), link
        )

    with ThreadPoolExecutor(16) as threads, Renderer(workers=2) as renderer:
        pages = list(threads.map(page, range(400)))

    assert pages == [f"{number} https://here/bucket/key?a=1&amp;b=2" for number in range(400)]


def test_a_child_killed_from_outside_fails_its_page_and_is_replaced(link, children):
    with Renderer(workers=1) as renderer:

        def kill(uri: str) -> str:
            (child,) = children()
            os.kill(child, signal.SIGKILL)
            return uri

        with pytest.raises(RenderFailed) as failure:
            renderer.render(BOMB, "{}", kill)

        assert failure.value.code == "InternalError"
        assert "status -9" in failure.value.message
        assert renderer.render("{{ 1 }}", "{}", link) == "1"


def test_a_child_killed_while_idle_is_replaced_before_it_is_asked(link, children, watch):
    with Renderer(workers=1) as renderer:
        assert renderer.render("{{ 1 }}", "{}", link) == "1"
        (child,) = children()
        ends = watch(child)
        os.kill(child, signal.SIGTERM)

        assert ends()
        assert renderer.render("{{ 2 }}", "{}", link) == "2"


def test_children_are_started_when_they_are_needed(link, children):
    with Renderer(workers=8) as renderer:
        before = children()
        renderer.render("{{ 1 }}", "{}", link)
        renderer.render("{{ 1 }}", "{}", link)
        after = children()

    assert (len(before), len(after)) == (0, 1)


def test_an_idle_child_ends_and_another_takes_its_place(link, children, watch):
    with Renderer(workers=1, idle=0.2) as renderer:
        renderer.render("{{ 1 }}", "{}", lambda uri: uri)
        for child in children():
            assert watch(child)()

        assert renderer.render("{{ 's3://bucket/key' | grant_read_access }}", "{}", link).startswith(
            "https://here"
        )


def test_no_child_is_left_when_the_renderer_is_closed(link, children):
    with Renderer(workers=2) as renderer:
        renderer.render("{{ 1 }}", "{}", link)

        assert children()
    assert not children()


def _burning(
    renderer: Renderer, ask: Callable[..., object], threads: ThreadPoolExecutor, number: int
) -> None:
    """Have that many bombs asked for, all that may be lit at once, and wait until they are."""
    lit: Queue[str] = Queue()

    def light(uri: str) -> str:
        lit.put(uri)
        return uri

    for _ in range(number):
        threads.submit(ask, BOMB, "{}", light)
    for _ in range(min(number, 2)):
        lit.get(timeout=60)


def test_a_page_finds_a_child_however_many_checks_burn_their_time(link):
    with ThreadPoolExecutor() as threads, Renderer(workers=3, seconds=600) as renderer:
        _burning(renderer, renderer.preview, threads, 8)

        assert [str(number) for number in range(20)] == [
            renderer.render("{{ task.input }}", str(number), link) for number in range(20)
        ]
        renderer.close()


def test_a_page_comes_before_the_checks_that_wait(link):
    served: list[str] = []
    first_is_in, go_on = Event(), Event()

    def hold(uri: str) -> str:
        first_is_in.set()
        go_on.wait()
        return uri

    with ThreadPoolExecutor() as threads, Renderer(workers=1) as renderer:

        def ask(act: Callable[..., object], name: str) -> None:
            act(
                f"{{{{ 's3://bucket/{name}' | grant_read_access }}}}",
                "{}",
                lambda uri: served.append(uri) or uri,
            )

        threads.submit(renderer.render, "{{ 's3://bucket/first' | grant_read_access }}", "{}", hold)
        first_is_in.wait()
        requests = [threads.submit(ask, renderer.preview, f"check-{number}") for number in range(2)]
        until(lambda: len(renderer._pool._waiting[True]) == 2)
        requests.append(threads.submit(ask, renderer.render, "page"))
        until(lambda: renderer._pool._waiting[False])
        go_on.set()
        for each in requests:
            each.result()

    assert "s3://bucket/page" == served[0]
