"""Waiting for the calls of instances that are to be stopped."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from secondlook.hosting.instances.instance import Instance
from secondlook.hosting.instances.kinds.remote import RemoteInstance
from secondlook.hosting.invocation.under_way import CallsUnderWay

from .conftest import PATIENCE, until


@contextmanager
def calling(calls: CallsUnderWay, *instances: Instance) -> Iterator[threading.Event]:
    """A call under way on an event loop of its own; it ends when the event is set, at the latest with the block."""
    begun, end = threading.Event(), threading.Event()

    async def call() -> None:
        with calls.one(instances):
            begun.set()
            await asyncio.to_thread(end.wait, PATIENCE)

    thread = threading.Thread(target=lambda: asyncio.run(call()))
    thread.start()
    assert begun.wait(PATIENCE)
    try:
        yield end
    finally:
        end.set()
        thread.join()


@contextmanager
def waiting(calls: CallsUnderWay, *instances: Instance, over: threading.Event) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=lambda: calls.wait(instances, over.is_set))
    thread.start()
    try:
        yield thread
    finally:
        over.set()
        thread.join()


def instances() -> list[Instance]:
    """Three; they only have to be different ones."""
    return [object.__new__(RemoteInstance) for _ in range(3)]


def test_an_instance_is_waited_for_while_any_loop_has_a_call_that_may_be_its() -> None:
    calls, over = CallsUnderWay(), threading.Event()
    one, two, three = instances()
    with (
        calling(calls, one, two) as first,
        calling(calls, two) as second,
        waiting(calls, two, over=over) as waits,
    ):
        calls.wait([three], lambda: False)
        first.set()
        calls.wait([one], lambda: False)
        assert waits.is_alive()
        second.set()
        until(lambda: not waits.is_alive(), "the wait to end with the last call")
        assert not over.is_set()


def test_a_wait_ends_when_its_time_is_over() -> None:
    calls, over = CallsUnderWay(), threading.Event()
    one, _, _ = instances()
    with calling(calls, one), waiting(calls, one, over=over) as waits:
        over.set()

        until(lambda: not waits.is_alive(), "the wait to end")


def test_where_nobody_has_called_nothing_is_waited_for() -> None:
    CallsUnderWay().wait(instances(), lambda: False)
