"""The notebook of ten lines, top to bottom; frames of pandas and polars; the SageMaker SDK on the helper's session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import secondlook
from tests.environments import ROOT, environment
from tests.journeys.reviewing import Review, Worker
from tests.mirror import MIRROR
from tests.running import Server, eventually

HERE = Path(__file__).parent
NOTEBOOK = "review-in-ten-lines.ipynb"
WORKER = "ten-lines@example.org"
SPOON = {"label": "spoon", "left": 324, "top": 66, "width": 102, "height": 262}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python() -> Path:
    return environment("notebooks", HERE / "requirements.txt")


def surroundings(server: Server) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src"), "SECONDLOOK_DATA": str(server.data)}


@pytest.mark.skipif(
    MIRROR is None, reason="the detector's artifact comes from a mirror: set SECONDLOOK_MIRROR"
)
def test_the_notebook_shows_what_a_worker_corrected(
    sqlite_server: Server, python: Path, tmp_path: Path
) -> None:
    here = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", here)
    own = sqlite_server.client("secondlook")
    own.subscribe(ProductId="fastestdet-coco", AcceptLicense=True)
    own.create_team(TeamName="my-team", Invite=[WORKER])
    execute = ("-m", "nbconvert", "--to", "notebook", "--execute", "--output", "done.ipynb", NOTEBOOK)

    with subprocess.Popen(
        [python, *execute], cwd=here, env=surroundings(sqlite_server), stderr=subprocess.PIPE, text=True
    ) as notebook:
        loop = eventually(lambda: notebook.poll() is None and _only_loop(own), 120)
        review = Review.existing(sqlite_server, "ten-lines")
        worker = review.worker(WORKER)
        worker.submit(review.taken(worker, loop), {"annotatedResult": {"boundingBoxes": [SPOON]}})
        said = notebook.communicate(timeout=120)[1]

    assert 0 == notebook.returncode, said
    shown = outputs(here / "done.ipynb")
    assert shown["review.decision, review.reasons"]["text/plain"].startswith("('Review',")
    assert str(SPOON["left"]) in shown["review.answers[0].content"]["text/plain"]
    for cell in ("review", "review.draw()"):
        assert "data:image/svg+xml;base64," in shown[cell]["text/html"]
    table = shown['secondlook.results("ten-lines")']["text/html"]
    assert 'class="dataframe"' in table
    assert "<td>Review</td>" in table


def _only_loop(own: Any) -> str | None:
    """The notebook's loop, once it is there."""
    try:
        loops = own.list_loops(FlowDefinitionName="ten-lines")["Loops"]
    except own.exceptions.ResourceNotFound:
        return None
    return loops[0]["HumanLoopName"] if loops else None


def outputs(done: Path) -> dict[str, dict[str, str]]:
    """The last line of each cell → what was shown for it, by its kind."""
    cells = json.loads(done.read_text())["cells"]
    return {
        cell["source"][-1]: {kind: "".join(text) for kind, text in output["data"].items()}
        for cell in cells
        for output in cell.get("outputs", ())
        if "data" in output
    }


def test_results_are_frames_of_pandas_and_of_polars(sqlite_server: Server, python: Path, name: str) -> None:
    review = Review(sqlite_server, name)
    here = secondlook.connect(sqlite_server.data)
    first, _ = (secondlook.ask(name, {"text": text}, connection=here) for text in ("a", "b"))
    worker: Worker = review.worker()
    worker.submit(review.taken(worker, first.loop), {"said": "yes"})
    review.completed(first.loop)

    done = subprocess.run(
        [python, HERE / "frames.py", name],
        env=surroundings(sqlite_server),
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    said = json.loads(done.stdout)
    assert ["pandas", "polars"] == said["kinds"]
    assert (
        said["columns"][0]
        == said["columns"][1]
        == list(secondlook.results(name, frame="rows", connection=here)[0])
    )
    assert [[[{"said": "yes"}], []], [['{"said": "yes"}'], []]] == said["answers"]
    assert "datetime64" in said["created"][0]
    assert "Datetime" in said["created"][1]


def test_the_sagemaker_sdk_finds_the_server_by_the_session_alone(sqlite_server: Server, python: Path) -> None:
    """Its calls of STS too, for which it makes up a URL of Amazon's."""
    done = subprocess.run(
        [python, HERE / "sdk.py", sqlite_server.data],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    account, bucket, role = done.stdout.splitlines()[-1].split()
    assert f"sagemaker-us-east-1-{account}" == bucket
    assert role.startswith(f"arn:aws:iam::{account}:role/")
    sqlite_server.client("s3").head_bucket(Bucket=bucket)
