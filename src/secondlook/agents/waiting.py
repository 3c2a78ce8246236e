"""Waiting for people without holding anybody else up: nothing but time passes between two looks."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import anyio

from secondlook.agents.problems import NotPossible, will_pass, words
from secondlook.agents.reviews import State

BETWEEN_LOOKS = 1.0
"""Seconds."""

BETWEEN_REPORTS = 5.0
"""Seconds. A host that hears nothing for long takes a tool for dead."""

Look = Callable[[bool], Awaitable[State]]
"""Closely, or only whether it is over."""

Say = Callable[[float, str], Awaitable[None]]
"""Hears how many seconds have passed, ever more of them, and what is going on."""


async def until_over(look: Look, seconds: float, say: Say) -> State:
    """How the review stands, closely, once it is over or after so many seconds.

    A server that is away meanwhile is waited for; raises NotPossible where it still is in the end.
    """
    began, next_report, was_away = time.monotonic(), 0.0, False
    while True:
        passed = time.monotonic() - began
        is_last, is_due = passed >= seconds, passed >= next_report
        state, trouble = await _looked(look, closely=is_last or is_due)
        if state is not None and state.is_over:
            return await look(True)
        if is_last:
            if state is None:
                raise NotPossible(f"{trouble} The review is kept: call wait_for_review again later.")
            return state
        if is_due or (trouble and not was_away):
            await say(passed, progress(state) if state else trouble)
            next_report = passed + BETWEEN_REPORTS
        was_away = bool(trouble)
        await anyio.sleep(min(BETWEEN_LOOKS, max(seconds - passed, 0.0)))


async def _looked(look: Look, *, closely: bool) -> tuple[State | None, str]:
    """The state, or what keeps us from knowing it for now."""
    try:
        return await look(closely), ""
    except Exception as error:
        if not will_pass(error):
            raise
        return None, words(error) or str(error)


def progress(state: State) -> str:
    """`1 of 3 answers, 2 people at work`."""
    if state.given is None or state.wanted is None:
        return f"{state.status}: waiting for people"
    people = f"{state.at_work} {'person' if state.at_work == 1 else 'people'} at work"
    answers = f"{state.given} of {state.wanted} answer{'s' if state.wanted > 1 else ''}"
    return f"{answers}, {people if state.at_work else 'nobody at work on it now'}"
