"""Models that bring a requirements.txt: endpoints with libraries of their own, from an index on this machine, with plain boto3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import processes
from tests.commandline import CommandLine
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town
from tests.wheels import Index, file_name

HELD = ("delete", "stop", "kill")
"""Libraries that the index holds back, each for the test of a way in which an installation ends."""

SCRIPT = """
    import tiny

    def transform_fn(model, body, content_type, accept):
        return tiny.VERSION, "text/plain"
"""


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index() as index:
        for version in ("1.0", "2.0"):
            index.publish("tiny", version, f"VERSION = {version!r}")
        for name in HELD:
            index.publish(name, "1.0")
            index.held.add(f"/simple/{name}/{file_name(name, '1.0')}")
        yield index


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, index: Index) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("environments") / "data"
    for name, requirements in (
        ("one", "tiny==1.0"),
        ("two", "# the latest\ntiny\n"),
        ("none", ""),
        ("wrong", "tiny==7"),
        ("url", "tiny\n--index-url https://example.com/simple"),
        *((name, f"tiny\n{name}") for name in HELD),
    ):
        put(data, name, requirements)
    with Server(data, extra={"UV_DEFAULT_INDEX": index.url, "UV_HTTP_RETRIES": "0"}) as server:
        yield Town(server.start())


def put(data: Path, name: str, requirements: str) -> None:
    put_product(data, name, SCRIPT, "text/plain")
    if requirements:
        (data / "catalog" / name / "model" / "code" / "requirements.txt").write_text(requirements)


def failure(town: Town, name: str, product: str) -> str:
    """Why an endpoint did not come into service."""
    town.create(name, town.subscribe(product))
    described: dict[str, Any] = eventually(lambda: settled(town, name), 60)
    assert described["EndpointStatus"] == "Failed"
    town.sagemaker.delete_endpoint(EndpointName=name)
    return str(described["FailureReason"])


def settled(town: Town, name: str) -> dict[str, Any] | None:
    described: dict[str, Any] = town.sagemaker.describe_endpoint(EndpointName=name)
    return None if described["EndpointStatus"] == "Creating" else described


def environments(town: Town) -> set[str]:
    return {path.name for path in (town.server.data / "environments").iterdir() if len(path.name) == 32}


def installing(town: Town) -> list[str]:
    lines = processes.command_lines(processes.descendants(town.server.process.pid))
    return [line for line in lines if "uv pip install" in line]


def test_two_endpoints_have_versions_that_exclude_each_other(town: Town, name: str) -> None:
    town.deploy(f"{name}-one", town.subscribe("one"), instances=2)
    town.deploy(f"{name}-two", town.subscribe("two"))

    assert [town.ask(f"{name}-{number}") for number in ("one", "two", "one")] == ["1.0", "2.0", "1.0"]
    assert len(environments(town)) == 2
    log = town.server.data / "logs" / "endpoints" / f"{name}-two" / "AllTraffic-1.log"
    assert "[environment] installing tiny" in log.read_text()
    assert "[environment]  + tiny==2.0" in log.read_text()
    for number in ("one", "two"):
        town.sagemaker.delete_endpoint(EndpointName=f"{name}-{number}")


def test_a_model_without_requirements_sees_what_the_server_has(town: Town, name: str) -> None:
    assert (
        "No module named 'tiny'; name it in requirements.txt beside the script, or install it where"
        in failure(town, name, "none")
    )


def test_what_cannot_be_installed_fails_its_endpoint_in_uvs_words_and_no_other(
    town: Town, name: str, index: Index
) -> None:
    town.deploy(f"{name}-good", town.subscribe("one"))
    before = environments(town)

    reason = failure(town, name, "wrong")

    assert reason == (
        "The primary container for production variant AllTraffic could not be started: its requirements could not be installed: "
        "No solution found when resolving dependencies: Because there is no version of tiny==7 and you require tiny==7, "
        "we can conclude that your requirements are unsatisfiable."
    )
    log = (town.server.data / "logs" / "endpoints" / name / "AllTraffic-1.log").read_text()
    assert "error: No solution found when resolving dependencies" in log
    for said in (reason, log, town.server.log):
        assert index.PASSWORD not in said
    assert town.ask(f"{name}-good") == "1.0"
    assert environments(town) == before
    town.sagemaker.delete_endpoint(EndpointName=f"{name}-good")


def test_a_line_that_is_not_followed_fails_its_endpoint_by_name(town: Town, name: str) -> None:
    assert failure(town, name, "url") == (
        "The primary container for production variant AllTraffic could not be started: requirements.txt, line 2: --index-url is "
        "not followed: where libraries come from is said by whoever runs the server (docs/hosting.md)."
    )


def test_an_endpoint_that_is_deleted_while_it_installs_is_gone_at_once(
    town: Town, name: str, index: Index
) -> None:
    index.reached.clear()
    town.create(name, town.subscribe("delete"))
    assert index.reached.wait(60)
    assert town.sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"] == "Creating"
    assert installing(town)

    town.sagemaker.delete_endpoint(EndpointName=name)

    eventually(lambda: not installing(town))
    eventually(
        lambda: name not in [each["EndpointName"] for each in town.sagemaker.list_endpoints()["Endpoints"]]
    )
    assert not list((town.server.data / "environments").glob(".*.making"))


def test_a_backup_has_no_libraries_and_its_endpoints_get_them_anew(
    town: Town, name: str, tmp_path: Path
) -> None:
    town.deploy(name, town.subscribe("one"))
    CommandLine(town.server.data, tmp_path).run("backup", str(tmp_path / "copy"))
    town.sagemaker.delete_endpoint(EndpointName=name)
    CommandLine(tmp_path / "new", tmp_path).run("restore", str(tmp_path / "copy"))
    assert not list(tmp_path.glob("*/**/environments"))

    with Server(tmp_path / "new", extra=town.server.extra) as server:
        restored = Town(server.start())
        eventually(lambda: answering(restored, name))
        assert restored.ask(name) == "1.0"


def answering(town: Town, name: str) -> int:
    variant = town.sagemaker.describe_endpoint(EndpointName=name)["ProductionVariants"][0]
    return int(variant["CurrentInstanceCount"])


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_ends_while_it_installs_goes_on_when_it_runs_again(
    town: Town, name: str, index: Index, end: str
) -> None:
    index.reached.clear()
    town.create(name, town.subscribe(end))
    assert index.reached.wait(60)
    family = processes.descendants(town.server.process.pid)
    assert installing(town)

    getattr(town.server, end)()
    eventually(lambda: not any(map(processes.lives, family)))
    assert "unfinished" not in town.server.log, "it waited for what was being installed"
    index.held.remove(f"/simple/{end}/{file_name(end, '1.0')}")
    town.server.start()
    town.connect()

    town.wait(name)
    assert town.ask(name) == "2.0"
    town.sagemaker.delete_endpoint(EndpointName=name)
