"""An instance that sleeps: what wakes it, what keeps it awake, and what it may not be asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondlook.hosting.errors import StartFailed, Throttled
from secondlook.hosting.instances.instance import Address, unix
from secondlook.hosting.instances.serverless import Serverless, would_answer
from tests.running import eventually

IDLE = 0.05


class Model:
    """An instance that answers as soon as it is started, unless it cannot."""

    log_name = "v-1.log"

    def __init__(self, failure: StartFailed | None = None) -> None:
        self.address: Address | None = None
        self.failure = failure
        self.is_stopped = False

    @property
    def is_settled(self) -> bool:
        return self.address is not None or self.failure is not None

    def start(self) -> None:
        self.address = None if self.failure else unix(Path("model"))

    def ready(self, timeout: float | None = None) -> None:
        if self.failure is not None:
            raise self.failure

    def doubt(self, address: Address) -> None:
        self.address = None

    def stop(self, grace: float) -> None:
        self.address, self.is_stopped = None, True


class Made(list[Model]):
    def __call__(self) -> Model:
        self.append(Model())
        return self[-1]


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def sleeper(made: Made) -> Iterator[Serverless]:
    sleeper = Serverless(made, 2, IDLE)
    sleeper.start()
    yield sleeper
    sleeper.stop(1)


def test_it_sleeps_when_nobody_calls_and_each_call_after_that_wakes_another(
    sleeper: Serverless, made: Made
) -> None:
    for number in range(3):
        eventually(lambda number=number: made[number].is_stopped)
        assert sleeper.address is None
        with sleeper.call("e"):
            eventually(lambda: sleeper.address)
    sleeper.ready()


def test_asleep_it_would_answer_and_stopped_it_would_not(sleeper: Serverless, made: Made) -> None:
    assert would_answer(sleeper)
    eventually(lambda: made[0].is_stopped)
    assert would_answer(sleeper)

    sleeper.stop(1)
    assert not would_answer(sleeper)
    assert not would_answer(Model(StartFailed("no weights")))


def test_nobody_sleeps_during_a_call(sleeper: Serverless, made: Made) -> None:
    with sleeper.call("e"):
        threading.Event().wait(IDLE * 6)
        assert not made[-1].is_stopped


def test_more_than_its_most_are_throttled(sleeper: Serverless) -> None:
    said = "Rate exceeded: 2 invocations of endpoint e"
    with sleeper.call("e"), sleeper.call("e"), pytest.raises(Throttled, match=said):
        sleeper.call("e").__enter__()
    with sleeper.call("e"):
        pass


def test_one_that_never_sleeps_counts_all_the_same(made: Made) -> None:
    awake = Serverless(made, 1, None)
    awake.start()
    with awake.call("e"), pytest.raises(Throttled):
        awake.call("e").__enter__()
    assert (1, False) == (len(made), made[0].is_stopped)
    awake.stop(1)
    assert made[0].is_stopped


def test_what_cannot_start_says_so_and_is_not_put_to_sleep_before_it_has() -> None:
    failing = Model(StartFailed("no weights"))
    sleeper = Serverless(lambda: failing, 1, IDLE)
    sleeper.start()
    threading.Event().wait(IDLE * 4)

    with pytest.raises(StartFailed, match="no weights"):
        sleeper.ready()
    assert not failing.is_stopped
    sleeper.stop(1)
    assert failing.is_stopped


def test_one_that_could_not_be_woken_is_tried_again() -> None:
    asked = []

    def made() -> Model:
        asked.append(1)
        if len(asked) == 2:
            raise OSError("no file can be opened")
        return Model()

    sleeper = Serverless(made, 1, IDLE)
    sleeper.start()
    eventually(lambda: sleeper.address is None)
    with sleeper.call("e"):
        eventually(lambda: sleeper.address)
    assert 3 == len(asked)
    sleeper.stop(1)
