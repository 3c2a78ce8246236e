"""`secondlook catalog`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commandline import CommandLine, of
from tests.products import put_product
from tests.running import Server
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


def test_a_bad_product_is_said_and_the_server_and_its_other_products_run(
    own_server: Server, tmp_path: Path
) -> None:
    bad = own_server.data / "catalog" / "bad"
    bad.mkdir(mode=0o700, parents=True)
    bad.parent.chmod(0o700)
    own_server.data.chmod(0o700)
    (bad / "product.toml").write_text('name = "spam-1"')
    command = of(own_server.start(), tmp_path)

    listed = command.run("catalog", "list")
    shown = command.run("catalog", "show", "bad", code=1)
    put_product(own_server.data, "late", "", "text/plain")

    assert (
        "the catalog skips a product: bad/product.toml: there is no seller (12 digits in quotes)"
        in own_server.log
    )
    assert "fastestdet-coco" in listed.out
    assert "Skipped: bad/product.toml: there is no seller" in listed.err
    assert "Error: The catalog skips the product 'bad': bad/product.toml: there is no seller" in shown.err
    assert re.search(r"^late ", command.run("catalog", "list").out, re.MULTILINE)


def test_the_licence_must_be_accepted(command: CommandLine) -> None:
    result = command.run("catalog", "subscribe", "ppocr-text", code=1)

    assert "Apache License" in result.err
    assert "Read it above, then add --accept-license.\n" in result.err
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
