"""`secondlook catalog`."""

from __future__ import annotations

import re

import pytest

from tests.commandline import CommandLine
from tests.terminal import on_terminal


def test_a_listing_shows_what_a_buyer_wants_to_know(command: CommandLine) -> None:
    shown = command.run("catalog", "show", "fastestdet-coco").out

    for part in (
        "Highlights",
        "Usage",
        "Inputs",
        "Outputs",
        "ml.m4.xlarge",
        "Free",
        "BSD-3-Clause",
        "arn:aws:sagemaker",
    ):
        assert part in shown


def test_the_licence_must_be_accepted(command: CommandLine) -> None:
    refused = command.run("catalog", "subscribe", "ppocr-text", code=1)

    assert "Apache License" in refused.err
    assert "Read it above, then add --accept-license.\n" in refused.err
    assert (
        "model-package/ppocr-text-"
        in command.run("catalog", "subscribe", "ppocr-text", "--accept-license").out
    )
    command.run("catalog", "unsubscribe", "ppocr-text")
    assert re.search(r"^ppocr-text .* no$", command.run("catalog", "list").out, re.MULTILINE)


@pytest.mark.parametrize(("typed", "subscribed"), [("y\n", "yes"), ("n\n", "no")])
def test_on_a_terminal_the_licence_is_asked_about(command: CommandLine, typed: str, subscribed: str) -> None:
    with on_terminal(command, "catalog", "subscribe", "ppocr-text") as terminal:
        terminal.wait_for("Do you accept this licence")
        terminal.type(typed)
        terminal.read_to_end()

    assert re.search(rf"^ppocr-text .* {subscribed}$", command.run("catalog", "list").out, re.MULTILINE)
    if subscribed == "yes":
        command.run("catalog", "unsubscribe", "ppocr-text")
