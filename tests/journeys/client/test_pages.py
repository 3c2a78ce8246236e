"""The code of docs/predictions.md, docs/notebooks.md and docs/batch.md, as it stands there."""

from __future__ import annotations

import re
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.commandline import CommandLine
from tests.journeys.client.conftest import DOUBT, put
from tests.journeys.reviewing import Review
from tests.pictures.making import saved
from tests.town import Town

DOCS = Path(__file__).parents[3] / "docs"
FLOW = "street"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def street(town: Town) -> Review:
    review = Review(town.server, FLOW, conditions={"Conditions": [DOUBT]})
    scores = {"a": 0.95, "b": None, "c": 0.99, "d": 0.4}
    put(town, FLOW, {f"2026/{key}.json": {"score": score} for key, score in scores.items()})
    return review


@pytest.fixture
def _somebody_at_work(street: Review) -> Iterator[None]:
    """A worker who answers whatever comes."""
    worker, over = street.worker(), threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            if (number := worker.take(FLOW, None)) is not None:
                worker.submit(number, {"said": "yes"})

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.fixture
def command(town: Town, tmp_path: Path) -> CommandLine:
    return CommandLine(town.server.data, tmp_path, {"XDG_STATE_HOME": str(tmp_path / "state")})


def test_the_code_about_predictions_runs(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECONDLOOK_DATA", str(town.server.data))
    (tmp_path / "photo.png").write_bytes(saved("PNG", Image.new("RGB", (300, 300), "grey")))
    town.secondlook.create_team(TeamName="reviewers", Invite=["you@example.org"])
    first, deployment, *others = blocks("predictions.md", "python")
    assert (
        "create_endpoint(" in deployment
    )  # the town has an endpoint of that name; this detector would have to be fetched
    names: dict[str, Any] = {}

    for block in (first, *others):
        exec(compile(block, "predictions.md", "exec"), names)

    arn, same, by_object, *predictions, tried, anew = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"arn:\S+:human-loop/traffic-[0-9a-f]{40} \['no object with 0.90 or more'\]", arn)
    assert "True" == same
    assert "Review ['no object with 0.90 or more']" == by_object
    assert {"Review ['no object with 0.90 or more']"} == {line.partition(" s3:")[0] for line in predictions}
    assert "True ['bicycle 0.50 is over 0.30 and under 0.70'] 1.0" == tried
    assert f"{len(predictions)} of {len(predictions)} would go to people" == anew
    town.sagemaker.delete_tags(
        ResourceArn=names["endpoint"],
        TagKeys=["secondlook:flow-definition-arn"],
    )


@pytest.mark.usefixtures("_somebody_at_work")
def test_the_code_about_notebooks_runs(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECONDLOOK_DATA", str(town.server.data))
    (tmp_path / "photo.png").write_bytes(saved("PNG", Image.new("RGB", (300, 300), "grey")))
    names: dict[str, Any] = {}

    for block in blocks("notebooks.md", "python"):
        exec(compile(block, "notebooks.md", "exec"), names)

    said = capsys.readouterr().out
    assert "Review ('bicycle 0.50 is under 0.90',)" in said
    assert "{'said': 'yes'}" in said
    assert "ValidationError" in said
    assert (tmp_path / "review.svg").read_text().startswith("<svg ")
    assert {"Review", None} == {row["decision"] for row in names["table"]}
    assert {"street"} <= {bucket["Name"] for bucket in names["buckets"]}


def test_the_commands_about_batches_say_what_is_written_there(street: Review, command: CommandLine) -> None:
    [console] = blocks("batch.md", "console")
    for session in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, _, expected = session.partition("\n")
        said = command.run(*shlex.split(line)[1:], code="Error:" in expected)

        assert not expected or expected == said.out + said.err
        assert expected or 3 == len(said.out.splitlines())


def test_the_code_about_batches_runs(
    town: Town,
    street: Review,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SECONDLOOK_DATA", str(town.server.data))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    [block] = blocks("batch.md", "python")
    exec(compile(block, "batch.md", "exec"), {})

    assert "2 1 0 0 1\n1 " in capsys.readouterr().out
