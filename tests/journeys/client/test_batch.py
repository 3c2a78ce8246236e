"""`run_batch` and `secondlook review`: every object before the model, once, and what is in doubt before people."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import Any

import pytest

import secondlook
from secondlook.client import client_file
from secondlook.client.batch import Summary
from secondlook.client.batch.run import FRUITLESS
from secondlook.client.connection import Connection
from secondlook.client.errors import NoServer, SecondlookError
from tests.commandline import CommandLine
from tests.journeys.client.conftest import DOUBT, MODEL, answered, put
from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server, eventually
from tests.terminal import on_terminal
from tests.town import Town

INPUTS = {
    "in/sure": {"score": 0.95},
    "in/doubt": {"score": 0.2},
    "in/none": {"score": None},
    "out/x": {"score": 0.1},
}


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def command(town: Town, tmp_path: Path) -> CommandLine:
    return CommandLine(town.server.data, tmp_path, {"XDG_STATE_HOME": str(tmp_path / "state")})


@pytest.fixture
def filled(review: Review, town: Town) -> Review:
    """A review whose bucket has two objects that can be judged, one that cannot, and one elsewhere."""
    put(town, review.name, INPUTS)
    town.server.client("s3").put_object(Bucket=review.name, Key="in/empty-folder/", Body=b"")
    return review


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.accepted, summary.reviewed, summary.failures, summary.skipped


def loops(town: Town, review: Review) -> list[str]:
    listed = town.secondlook.list_loops(FlowDefinitionName=review.name)["Loops"]
    return [loop["HumanLoopName"] for loop in listed]


def test_each_object_below_a_prefix_is_asked_about(filled: Review, town: Town) -> None:
    heard: list[int] = []
    summary = secondlook.run_batch(
        filled.name, "detector", f"s3://{filled.name}/in/", progress=lambda now: heard.append(now.done)
    )

    assert (1, 1, 1, 0) == counts(summary)
    assert summary.is_complete
    [(reason, failures)] = summary.failed.items()
    assert "no score" in reason
    assert [f"s3://{filled.name}/in/none"] == failures.examples
    assert 3 == len(heard)
    assert 1 == len(loops(town, filled))


def test_the_same_call_goes_on_and_tries_again_what_failed(filled: Review, town: Town) -> None:
    source = f"s3://{filled.name}/in/"
    secondlook.run_batch(filled.name, "detector", source)
    put(town, filled.name, {"in/none": {"score": 0.91}, "in/sure": {"score": 0.1}, "in/new": {"score": 0.92}})

    assert (2, 1, 0, 1) == counts(secondlook.run_batch(filled.arn, "detector", source))
    assert (0, 0, 0, 4) == counts(secondlook.run_batch(filled.name, "detector", source))
    assert (2, 2, 0, 0) == counts(secondlook.run_batch(filled.name, "detector", source, restart=True))
    assert 2 == len(loops(town, filled))


def test_a_manifest_names_the_objects(filled: Review, town: Town, tmp_path: Path) -> None:
    uris = [f"s3://{filled.name}/in/sure", f"s3://{filled.name}/out/x", f"s3://{filled.name}/nowhere"]
    lines = "\n".join(json.dumps({"source-ref": uri, "more": 1}) for uri in uris) + "\n\n"
    local = tmp_path / "list"
    local.write_text(lines)
    town.server.client("s3").put_object(Bucket=filled.name, Key="lists/a.manifest", Body=lines.encode())

    for source in (str(local), f"s3://{filled.name}/lists/a.manifest"):
        summary = secondlook.run_batch(filled.name, "detector", source)
        assert (1, 1, 1, 0) == counts(summary)
        assert [uris[2]] == next(iter(summary.failed.values())).examples
        assert (0, 0, 1, 2) == counts(secondlook.run_batch(filled.name, "detector", source))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"flow": "nowhere-at-all"}, "nowhere-at-all"),
        ({"endpoint": "nowhere"}, "nowhere"),
        ({"source": "nowhere.manifest"}, "There is no manifest 'nowhere.manifest'"),
        ({"source": "s3://"}, "names no bucket"),
        ({"source": "s3://nowhere-at-all-123/"}, "bucket does not exist"),
        ({"concurrency": 0}, "concurrency is at least 1"),
    ],
)
def test_what_no_object_could_pass_is_said_before_the_first(
    filled: Review, arguments: dict[str, Any], message: str
) -> None:
    usual = {"flow": filled.name, "endpoint": "detector", "source": f"s3://{filled.name}/in/"}

    with pytest.raises(SecondlookError, match=message):
        secondlook.run_batch(**{**usual, **arguments})


def test_a_line_that_names_no_object_is_named(filled: Review, tmp_path: Path) -> None:
    manifest = tmp_path / "list"
    manifest.write_text(f'{{"source-ref": "s3://{filled.name}/in/sure"}}\n{{"source": "a text"}}\n')

    with pytest.raises(SecondlookError, match=r"line 2 of .*/list names no object: it is \{"):
        secondlook.run_batch(filled.name, "detector", str(manifest))


def test_the_command_says_what_came_of_it(command: CommandLine, filled: Review) -> None:
    arguments = ("review", "run", "--flow", filled.name, "--endpoint", "detector", f"s3://{filled.name}/in/")

    assert "3 objects in s3://" in command.run(*arguments, "--dry-run").out
    said = command.run(*arguments, code=1)
    assert [["Accepted", "1"], ["To review", "1"], ["Failed", "1"]] == [
        line.rsplit(maxsplit=1) for line in said.out.splitlines()[:3]
    ]
    assert f"  s3://{filled.name}/in/none" in said.out
    assert "1 of 3 objects failed; the same command tries these again." in said.err
    assert "Done before  2" in command.run(*arguments, code=1).out


def test_the_command_shows_results(command: CommandLine, filled: Review) -> None:
    asked = secondlook.ask(filled.name, f"s3://{filled.name}/in/doubt", endpoint="detector")
    answered(filled, asked.loop, {"said": "yes"})

    shown = command.run("review", "results", "--flow", filled.name).out
    documents = command.run("review", "results", "--flow", filled.name, "--json").out.splitlines()

    assert "bicycle 0.20 is under 0.90" in shown
    assert '{"said": "yes"}' in shown
    [row] = map(json.loads, documents)
    assert (asked.loop, "Review", [{"said": "yes"}]) == (row["loop"], row["decision"], row["answers"])
    assert (
        "Nothing was predicted"
        in command.run("review", "results", "--flow", filled.name, "--since", "2999-01-01").err
    )


def test_ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on(
    command: CommandLine, review: Review, town: Town
) -> None:
    put(town, review.name, {f"many/{number:03}": {"score": 0.99} for number in range(300)})
    arguments = (
        "review",
        "run",
        "--flow",
        review.name,
        "--endpoint",
        "detector",
        f"s3://{review.name}/many/",
    )

    with command.running(*arguments, "--concurrency", "2") as running:
        eventually(lambda: town.secondlook.list_predictions(FlowDefinitionName=review.name)["Predictions"])
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)

    assert 130 == running.returncode, err
    assert "Stopped. What is done is kept; go on with: secondlook review run --flow" in err
    first = int(out.split()[1])
    assert 0 < first < 300
    assert ["Accepted", str(300 - first)] == command.run(*arguments).out.split()[:2]


def test_a_terminal_shows_a_bar_that_is_gone_afterwards(
    command: CommandLine, review: Review, town: Town
) -> None:
    put(town, review.name, {f"many/{number:03}": {"score": 0.99} for number in range(120)})
    arguments = (
        "review",
        "run",
        "--flow",
        review.name,
        "--endpoint",
        "detector",
        f"s3://{review.name}/many/",
    )

    with on_terminal(command, *arguments) as terminal:
        terminal.wait_for(r"\d+/120 .* \d+ accepted")
        shown = terminal.read_to_end()

    assert re.search(r"\rAccepted +120\s+To review +0\s*$", shown)


def test_a_batch_in_which_everything_fails_stops(review: Review, town: Town) -> None:
    put(town, review.name, {f"bad/{number:03}": {"score": None} for number in range(FRUITLESS + 50)})

    with pytest.raises(
        SecondlookError, match=r"100 objects failed one after the other, the last because: .*no score"
    ):
        secondlook.run_batch(review.name, "detector", f"s3://{review.name}/bad/")


def test_those_that_failed_before_do_not_end_the_next_run(review: Review, town: Town, tmp_path: Path) -> None:
    """In the listing they stand one after the other, once what is between them is done."""
    names = [f"in/{number:03}" for number in range(2 * FRUITLESS + 20)]
    put(town, review.name, {name: {"score": None if index % 2 else 0.99} for index, name in enumerate(names)})
    source = f"s3://{review.name}/in/"

    assert (110, 0, 110, 0) == counts(secondlook.run_batch(review.name, "detector", source))
    assert (0, 0, 110, 110) == counts(secondlook.run_batch(review.name, "detector", source))


def test_a_server_that_is_gone_for_too_long_ends_the_batch_and_the_next_goes_on(
    own_server: Server, tmp_path: Path
) -> None:
    put_product(own_server.data, "detector", MODEL, "application/json")
    town = Town(own_server.start())
    town.deploy("detector", town.subscribe("detector"))
    review = Review(own_server, "gone", conditions={"Conditions": [DOUBT]})
    put(town, "gone", {f"many/{number:03}": {"score": 0.99} for number in range(60)})
    arguments = (review.name, "detector", "s3://gone/many/")
    here = Connection(client_file.read(own_server.data))

    def kill_in_the_middle(summary: Summary) -> None:
        if summary.done == 20:
            own_server.kill()

    with pytest.raises(NoServer, match=r"No server answers|did not answer"):
        secondlook.run_batch(*arguments, patience=0.5, progress=kill_in_the_middle, connection=here)
    own_server.start()
    summary = secondlook.run_batch(*arguments, connection=here)

    assert 60 == summary.skipped + summary.accepted
    assert 20 <= summary.skipped < 60
    recorded = own_server.client("secondlook").list_predictions(FlowDefinitionName="gone", MaxResults=100)
    assert 60 == len({each["InputUri"] for each in recorded["Predictions"]}) == len(recorded["Predictions"])


def test_a_server_that_is_started_again_in_the_middle_fails_no_object(
    own_server: Server, tmp_path: Path
) -> None:
    put_product(own_server.data, "detector", MODEL, "application/json")
    town = Town(own_server.start())
    town.deploy("detector", town.subscribe("detector"))
    review = Review(own_server, "again", conditions={"Conditions": [DOUBT]})
    put(town, "again", {f"many/{number:03}": {"score": 0.99} for number in range(60)})

    def restart_in_the_middle(summary: Summary) -> None:
        if summary.done == 20:
            own_server.kill()
            own_server.start()

    summary = secondlook.run_batch(
        review.name,
        "detector",
        "s3://again/many/",
        progress=restart_in_the_middle,
        connection=Connection(client_file.read(own_server.data)),
    )

    assert (60, {}) == (summary.accepted, summary.failed)
