"""Our side of the comparisons: a real server in a fresh directory, and the review workflow that loops are started in."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import bindparam, create_engine, func, select

from secondlook.names import now
from secondlook.store.tables import duty
from secondlook.store.tables.columns import Time
from tests.databases import sqlalchemy_url
from tests.running import Server

ROLE = "arn:aws:iam::123456789012:role/service-role/bench"

TEMPLATE = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><crowd-bounding-box name="boxes" src="{{ task.input.picture }}" labels="{{ task.input.labels }}"
 initial-value="{{ task.input.boxes }}" header="Look again"></crowd-bounding-box></crowd-form>"""


@contextlib.contextmanager
def fresh_directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="secondlook-bench-") as directory:
        yield Path(directory)


@contextlib.contextmanager
def serving(directory: Path, **settings: str) -> Iterator[Server]:
    """`secondlook serve` with its data in `directory`."""
    with Server(directory / "data", settings) as server:
        yield server.start()


def review_workflow(
    server: Server, task_count: int = 1, name: str = "bench", conditions: dict[str, object] | None = None
) -> str:
    """A bucket, a team, a task UI and a flow definition, all called `name`; gives the flow definition's ARN."""
    sagemaker = server.client("sagemaker")
    server.client("s3").create_bucket(Bucket=name)
    team = server.client("secondlook").create_team(TeamName=name)["WorkteamArn"]
    ui = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": TEMPLATE})
    flow = sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn=ROLE,
        HumanLoopConfig={
            "WorkteamArn": team,
            "HumanTaskUiArn": ui["HumanTaskUiArn"],
            "TaskTitle": "Look again",
            "TaskDescription": "Correct the boxes",
            "TaskCount": task_count,
        },
        OutputConfig={"S3OutputPath": f"s3://{name}/out"},
        **_activation(conditions),
    )
    return str(flow["FlowDefinitionArn"])


def _activation(conditions: dict[str, object] | None) -> dict[str, object]:
    if conditions is None:
        return {}
    config = {"HumanLoopActivationConditions": json.dumps(conditions)}
    return {"HumanLoopActivationConfig": {"HumanLoopActivationConditionsConfig": config}}


def deploy(server: Server, product: str, endpoint: str) -> None:
    """Subscribe to a product and put it in service under the name `endpoint`."""
    sagemaker = server.client("sagemaker")
    package = server.client("secondlook").subscribe(ProductId=product, AcceptLicense=True)["ModelPackageArn"]
    sagemaker.create_model(
        ModelName=endpoint,
        ExecutionRoleArn=ROLE,
        Containers=[{"ModelPackageName": package}],
        EnableNetworkIsolation=True,
    )
    variant = {"VariantName": "AllTraffic", "ModelName": endpoint, "InstanceType": "ml.m5.large"}
    sagemaker.create_endpoint_config(
        EndpointConfigName=endpoint, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
    )
    sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=endpoint)
    waiter = sagemaker.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName=endpoint, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def settled(server: Server) -> None:
    """Return once the server has done all that it owes now, so that it leaves the machine to the yardstick."""
    engine = create_engine(database_of(server))
    due = select(func.count()).where(duty.c.due_at <= bindparam("now", type_=Time))
    while True:
        with engine.connect() as cx:
            if cx.scalar(due, {"now": now()}) == 0:
                break
        time.sleep(0.005)
    engine.dispose()


def database_of(server: Server) -> str:
    """The SQLAlchemy URL of what it keeps its rows in."""
    url = server.settings.get("database")
    return sqlalchemy_url(url) if url else f"sqlite:///{server.data / 'secondlook.sqlite'}"
