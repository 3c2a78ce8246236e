"""Render checks: by the batch, shared by flow definition, and slow templates in a lane of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from secondlook.clock.handlers.render_checks import SLOW, SlowTemplates
from secondlook.review import loop
from secondlook.review.render import Renderer
from secondlook.store.session import Store
from secondlook.store.tables import duty
from secondlook.store.tables import loop as loops
from tests.statements import statements

from .conftest import Run
from .desk import Desk, open_desk
from .timing import Time, until

BOMB = "<crowd-form>{% for i in (1..1000000000000) %}{% endfor %}</crowd-form>"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(workers=3, seconds=0.5) as renderer:
        yield renderer


@pytest.fixture
def desk(sqlite_store: Store, tmp_path: Path, renderer: Renderer, time: Time) -> Desk:
    """On SQLite; what differs on PostgreSQL is tested by `test_outbox` and `tests/races`."""
    return open_desk(sqlite_store, tmp_path, renderer, time)


def start(desk: Desk, number: int, flow: str) -> None:
    for each in range(number):
        desk.start(f"{flow}-{each}", of=flow)


def undecided(desk: Desk, flow: str) -> int:
    """Loops of a flow definition that are neither offered nor failed yet."""
    waiting = (loops.c.name.startswith(f"{flow}-"), loops.c.ready.is_(False), loops.c.closing_at.is_(None))
    with desk.store.read() as cx:
        return len(cx.scalars(select(loops.c.id).where(*waiting)).all())


def test_checks_share_their_statements(desk: Desk, run: Run) -> None:
    start(desk, 64, "fd-1")
    with statements(desk.store) as sent:
        run()
        assert until(lambda: not undecided(desk, "fd-1"))

    assert len([statement for statement in sent if statement.startswith("UPDATE loop")]) < 20


def test_loops_of_a_slow_template_do_not_stop_those_of_others(desk: Desk, run: Run) -> None:
    desk.flow("slow", BOMB)
    start(desk, 40, "slow")
    start(desk, 40, "fd-1")
    run()

    assert until(lambda: not undecided(desk, "fd-1"))
    assert undecided(desk, "slow") > 20


def test_a_template_that_timed_out_goes_to_a_lane_of_its_own(desk: Desk, run: Run) -> None:
    desk.flow("slow", BOMB)
    start(desk, 6, "slow")
    run()

    def kinds() -> set[str]:
        with desk.store.read() as cx:
            return set(cx.scalars(select(duty.c.kind).where(duty.c.kind.startswith("check-render"))))

    assert until(lambda: kinds() == {SLOW})
    assert until(lambda: not undecided(desk, "slow"))


def test_long_work_of_one_share_gives_back_what_it_has_not_begun(
    desk: Desk, run: Run, renderer: Renderer
) -> None:
    """A page that takes long, but not too long, is nobody's fault: only its turn ends."""
    desk.flow("long", "<crowd-form>{% for i in (1..300000) %}{{ i | plus: 1 }}{% endfor %}</crowd-form>")
    start(desk, 30, "long")
    run()
    assert until(lambda: undecided(desk, "long") < 30)
    desk.start("fd-1-0")

    assert until(lambda: not undecided(desk, "fd-1"))
    assert undecided(desk, "long")


def test_a_slow_template_is_forgiven_when_it_renders_and_when_time_has_passed() -> None:
    slow, expired = SlowTemplates(seconds=600), SlowTemplates(seconds=0.0)
    for template in ("renders", "stays"):
        slow.add(template)
        expired.add(template)
    slow.discard("renders")

    assert ("renders" in slow, "stays" in slow) == (False, True)
    assert "stays" not in expired


def test_a_loop_that_somebody_else_has_locked_is_left_to_a_write_of_its_own(
    postgres_store: Store, tmp_path: Path, renderer: Renderer, time: Time
) -> None:
    store = postgres_store
    desk = open_desk(store, tmp_path, renderer, time)
    start(desk, 2, "fd-1")
    first, second = desk.loop("fd-1-0").id, desk.loop("fd-1-1").id
    with store.write() as locking, store.write() as checking:
        locking.execute(select(loops.c.id).where(loops.c.id == first).with_for_update())

        assert [second] == loop.all_rendered(checking, [first, second])
    assert (desk.loop("fd-1-0").ready, desk.loop("fd-1-1").ready) == (False, True)
