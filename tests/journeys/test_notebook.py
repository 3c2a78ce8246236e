"""The notebook of examples/, top to bottom, with nothing mocked: the SageMaker SDK 2, a model, a person at a browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CommandLine, of
from tests.mirror import MIRROR
from tests.running import Server, eventually
from tests.worker import BoxTool, browser_page, join, take

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NOTEBOOK = "a2i-with-marketplace-models.ipynb"
EXECUTE = ("--to", "notebook", "--execute", "--output", "done.ipynb", NOTEBOOK)
PYTHON = ROOT / ".cache" / "notebook" / "bin" / "python"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        MIRROR is None, reason="the detector's artifact comes from a mirror: set SECONDLOOK_MIRROR"
    ),
]


@pytest.fixture
def command(sqlite_server: Server, tmp_path: Path) -> CommandLine:
    """The command line in a copy of the examples, with the environment that the notebook's first cells ask for."""
    if not PYTHON.exists():
        pytest.fail(f"{PYTHON} is missing: make notebook-environment")
    here = tmp_path / "examples"
    shutil.copytree(EXAMPLES, here)
    notebook = of(sqlite_server, here)
    notebook.run("catalog", "subscribe", "fastestdet-coco", "--accept-license")
    return notebook


def invited(command: CommandLine, team: str, email: str) -> tuple[str, str]:
    """The ARN of a new team and the invitation that the command line prints."""
    said = command.run(
        "team", "create", team, "--invite", email, "--organization", "Second Look", "--contact", "a@x.org"
    )
    link = next(word for word in said.err.split() if "/welcome/" in word)
    return said.out.strip(), link


def test_the_notebook_ends_with_the_boxes_that_a_worker_drew(
    sqlite_server: Server, command: CommandLine, name: str
) -> None:
    workteam, invitation = invited(command, name, f"{name}@example.org")
    command = CommandLine(command.data, command.cwd, {"WORKTEAM_ARN": workteam})

    with (
        command.running("exec", "--", str(PYTHON), "-m", "nbconvert", *EXECUTE) as notebook,
        browser_page() as page,
    ):
        join(page, invitation, "Ann")
        # The list refreshes itself; the notebook deploys its model meanwhile.
        page.get_by_role("button", name="Start working").wait_for(timeout=120_000)
        tool = BoxTool(page, take(page), picture_width=600)
        tool.choose("spoon")
        tool.drag((324, 66), (426, 328))
        drawn = tool.boxes
        tool.submit()
        page.wait_for_url("**/work?notice=done")
        said = notebook.communicate(timeout=120)

    assert notebook.returncode == 0, said
    assert ["spoon"] == [box["label"] for box in drawn]
    assert all(
        abs(drawn[0][side] - value) <= 3
        for side, value in {"left": 324, "top": 66, "width": 102, "height": 262}.items()
    )
    document = stored(sqlite_server)
    assert {
        "boundingBoxes": drawn,
        "initialValueModified": True,
        "inputImageProperties": {"height": 400, "width": 600},
    } == (document["humanAnswers"][0]["answerContent"]["annotatedResult"])
    assert document == printed(command.cwd / "done.ipynb")
    cleaned_up(sqlite_server)


def stored(server: Server) -> dict[str, Any]:
    """The newest output document below the notebook's folder of the default bucket."""
    s3, account = server.client("s3"), server.client("sts").get_caller_identity()["Account"]
    bucket = f"sagemaker-us-east-1-{account}"
    listed = s3.list_objects_v2(Bucket=bucket, Prefix="a2i-results/fd-")["Contents"]
    newest = max(listed, key=lambda entry: entry["LastModified"])
    document: dict[str, Any] = json.load(s3.get_object(Bucket=bucket, Key=newest["Key"])["Body"])
    return document


def printed(done: Path) -> dict[str, Any]:
    """The document that the notebook's result cell printed."""
    cells = json.loads(done.read_text())["cells"]
    cell = next(cell for cell in cells if "json.dumps(json_output" in "".join(cell["source"]))
    document: dict[str, Any] = json.loads("".join(cell["outputs"][0]["text"]))
    return document


def cleaned_up(server: Server) -> None:
    """Nothing that the notebook made is left; an endpoint and a flow definition go in their own time."""
    sagemaker = server.client("sagemaker")
    assert [] == sagemaker.list_models(NameContains="gluoncv")["Models"]
    assert [] == sagemaker.list_endpoint_configs(NameContains="gluoncv")["EndpointConfigs"]
    assert "marketplace-gluon" not in str(sagemaker.list_human_task_uis()["HumanTaskUiSummaries"])
    eventually(lambda: not sagemaker.list_endpoints(NameContains="gluoncv")["Endpoints"])
    eventually(lambda: "marketplace-gluon" not in str(sagemaker.list_flow_definitions()))


SEEDS_ORDER = """
import sys
from sagemaker import ModelPackage, Session, get_execution_role
from sagemaker.predictor import Predictor

session, name = Session(), sys.argv[1]
package = sys.argv[2]
model = ModelPackage(role=get_execution_role(), model_package_arn=package, sagemaker_session=session, predictor_cls=Predictor)
predictor = model.deploy(initial_instance_count=1, instance_type="ml.m4.xlarge", endpoint_name=name, wait=False)
predictor.delete_endpoint()
predictor.delete_model()
"""


def test_deleting_the_endpoint_before_the_model_fails_as_it_does_on_aws(
    sqlite_server: Server, command: CommandLine, name: str
) -> None:
    package = json.loads((EXAMPLES / NOTEBOOK).read_text())["cells"][2]["source"][-1].split('"')[1]
    script = command.cwd / "seeds_order.py"
    script.write_text(SEEDS_ORDER)

    said = command.run("exec", str(PYTHON), str(script), name, package, code=1)

    # The SDK's traceback is folded to the width of a terminal.
    assert 'Could not find endpoint configuration "arn:' in " ".join(said.out.split())
