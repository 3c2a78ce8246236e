"""A prediction that never comes back costs its process, not its endpoint."""

from __future__ import annotations

import contextlib
from http.client import HTTPException

import pytest

from secondlook.hosting.contract import ANSWER_SECONDS, CALL_SECONDS_MOST, TIMEOUT
from secondlook.hosting.runtimes.overrun import Overrun, allowed

from .conftest import StartScript, invoke, until

HANGING = """
    import logging, threading
    lock = threading.Lock()
    def transform_fn(model, body, content_type, accept):
        if body == "[1]":
            with logging.getLogger().handlers[0].lock, lock:
                lock.acquire()
        return body
"""


def test_a_prediction_that_never_returns_ends_its_process_which_is_started_again(script: StartScript) -> None:
    hanging, other = script(HANGING, {TIMEOUT: "1"}), script(HANGING, {TIMEOUT: "1"})
    for process in (hanging, other):
        process.ready()

    with contextlib.suppress(HTTPException, OSError):  # what its caller gets is for `invoke` to say
        invoke(hanging, b"[1]")

    until(lambda: hanging.restarts == 1 and hanging.address is not None, "a restart")
    assert invoke(hanging, b"[2]") == (200, b"[2]")
    assert (invoke(other, b"[2]"), other.restarts) == ((200, b"[2]"), 0)
    log = hanging.log.path.read_text()
    assert "a prediction has run for over 1 seconds: the process ends" in log
    assert 'inference.py", line 7 in transform_fn' in log
    assert "the process exited with 70; starting again in 0 s" in log


def test_a_caller_who_waits_less_long_ends_it_sooner(script: StartScript) -> None:
    hanging = script(HANGING)
    hanging.ready()

    with contextlib.suppress(HTTPException, OSError):
        invoke(hanging, b"[1]", x_secondlook_call_seconds="1")

    until(lambda: hanging.restarts == 1 and hanging.address is not None, "a restart")
    assert "a prediction has run for over 1 seconds: the process ends" in hanging.log.path.read_text()


@pytest.mark.parametrize(
    ("asked", "seconds"), [("", 60.0), ("soon", 60.0), ("900", 900.0), ("7200", CALL_SECONDS_MOST)]
)
def test_a_caller_who_waits_longer_gives_it_more_time(asked: str, seconds: float) -> None:
    overrun = Overrun(60.0)
    with overrun.prediction(asked):
        [(_, allowed_seconds)] = overrun._until.values()

    assert seconds == allowed_seconds


@pytest.mark.parametrize(
    ("setting", "seconds"),
    [({}, ANSWER_SECONDS), ({TIMEOUT: "2.5"}, 2.5), ({TIMEOUT: "3600"}, ANSWER_SECONDS)],
)
def test_a_prediction_may_take_what_is_set_but_no_longer_than_anybody_waits(
    setting: dict[str, str], seconds: float
) -> None:
    assert allowed(setting) == seconds


@pytest.mark.parametrize("setting", ["soon", "0", "-1", "nan"])
def test_a_time_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(SystemExit, match=f"{TIMEOUT} is '{setting}'; right is a number of seconds over 0"):
        allowed({TIMEOUT: setting})
