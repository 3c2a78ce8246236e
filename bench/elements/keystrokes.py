"""How long the usual acts take an experienced worker, by the keystroke-level model (Card, Moran and Newell, 1980).

Each act is a sequence of the model's operators, with its usual times, of which the mental one stands where Card, Moran and Newell's
rules leave it: before each act, and before a choice in it. The browser tests do the same things, so that no sequence can be wrong for
long; what the sequences do is named beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.figure import Figure
from bench.rounds import Rounds

SECONDS = {
    "K": 0.20,  # a key, by an average skilled typist
    "P": 1.10,  # to point at something
    "B": 0.10,  # to press or release a button
    "H": 0.40,  # a hand from mouse to keyboard, or back
    "M": 1.35,  # to prepare in mind
}


@dataclass(frozen=True, slots=True)
class Act:
    what: str
    ours: str
    """Operators, with what they do in words after each of them."""
    without_keys: str
    """The same with a mouse alone, as in a tool without keys."""


ACTS = (
    Act(
        "accept a box that is right",
        "M:is it right? K:Tab to the next",
        "M:is it right? P:the next BB:click",
    ),
    Act(
        "move a corner of a box",
        "M:which corner? P:the corner B:press P:its place B:release",
        "M:which corner? P:the box BB:click P:the corner B:press P:its place B:release",
    ),
    Act(
        "change the label of a box",
        "M:which label? P:the box BB:click K:its digit",
        "M:which label? P:the box BB:click P:the label BB:click",
    ),
    Act(
        "add a box",
        "M:where? K:the digit of its label P:a corner B:press P:the opposite one B:release",
        "M:where? P:the label BB:click P:a corner B:press P:the opposite one B:release",
    ),
)


def operators(sequence: str) -> str:
    """`M:which? P:the box BB:click` → `MPBB`."""
    return "".join(
        word.split(":")[0] for word in sequence.split() if word.split(":")[0].isupper() and ":" in word
    )


def seconds(sequence: str) -> float:
    return sum(SECONDS[operator] for operator in operators(sequence))


def figures(_: Rounds) -> Iterator[Figure]:
    for act in ACTS:
        ours, mouse = seconds(act.ours), seconds(act.without_keys)
        yield Figure(
            f"To {act.what}, by the keystroke-level model",
            f"{operators(act.ours)}, {ours:.2f} s",
            f"a mouse alone: {operators(act.without_keys)}, {mouse:.2f} s",
            f"{ours / mouse:.2f}",
        )
