"""The applications of a Ray cluster: only ours are changed, whatever others put meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondlook.hosting.errors import NotPrepared, StartFailed
from secondlook.hosting.instances.kinds.ray import Cluster
from secondlook.outbound import Outbound

from .conftest import Publisher
from .ray_dashboard import HTTP_OPTIONS, OTHER, Dashboard

OUTBOUND = Outbound(["127.0.0.0/8"])
OURS = {"name": "ours", "route_prefix": "/ours", "import_path": "ours:app"}


@pytest.fixture
def cluster(dashboard: Dashboard) -> Cluster:
    return Cluster(dashboard.url, dashboard.url, None, OUTBOUND)


def test_an_application_is_put_beside_those_of_others_and_serves_settings_stay(
    dashboard: Dashboard, cluster: Cluster
) -> None:
    cluster.deploy(OURS)

    assert dashboard.puts == [{"http_options": HTTP_OPTIONS, "applications": [OTHER, OURS]}]


def test_it_is_put_again_where_another_server_has_put_what_it_had_read_before(
    dashboard: Dashboard, cluster: Cluster
) -> None:
    third = {"name": "third"}
    dashboard.after_put.append(lambda configs: (configs.pop("ours"), configs.update(third=third)))

    cluster.deploy(OURS)

    assert dashboard.configs == {"other": OTHER, "third": third, "ours": OURS}


def test_it_is_not_put_for_ever(dashboard: Dashboard, cluster: Cluster) -> None:
    dashboard.after_put += [lambda configs: configs.pop("ours")] * 100

    with pytest.raises(StartFailed, match="was changed by others at the same time, 5 times in a row"):
        cluster.deploy(OURS)


def test_it_is_removed_and_nothing_else_and_its_end_is_waited_for(
    dashboard: Dashboard, cluster: Cluster
) -> None:
    dashboard.configs["ours"] = OURS
    dashboard.looks_until_gone = 3

    cluster.remove("ours", patience=20)

    assert dashboard.configs == {"other": OTHER}
    assert dashboard.leaving == {}
    assert len(dashboard.puts) == 1


def test_it_is_removed_again_where_another_server_has_put_it_back(
    dashboard: Dashboard, cluster: Cluster
) -> None:
    dashboard.configs["ours"] = OURS
    dashboard.after_put.append(lambda configs: configs.update(ours=OURS))

    cluster.remove("ours", patience=20)

    assert dashboard.configs == {"other": OTHER}


def test_what_is_not_there_is_removed_without_a_put(dashboard: Dashboard, cluster: Cluster) -> None:
    cluster.remove("ours", patience=20)

    assert dashboard.puts == []


def test_what_is_being_removed_is_not_put_back(dashboard: Dashboard, cluster: Cluster) -> None:
    dashboard.leaving["theirs"] = 1000

    cluster.deploy(OURS)

    assert dashboard.configs == {"other": OTHER, "ours": OURS}


def test_where_serve_does_not_run_it_is_not_started_on_every_network(
    dashboard: Dashboard, cluster: Cluster
) -> None:
    dashboard.http_options = None

    with pytest.raises(NotPrepared, match=r"Serve does not run yet .* `serve start --http-host ADDRESS`"):
        cluster.deploy(OURS)
    assert dashboard.puts == []


def test_the_token_of_its_file_is_shown_and_a_missing_one_is_named(
    dashboard: Dashboard, cluster: Cluster, tmp_path: Path
) -> None:
    dashboard.token = "secret"
    (tmp_path / "token").write_text("secret\n")

    with pytest.raises(NotPrepared, match=r"401: Unauthorized: .*; --ray-token-file names the file"):
        cluster.deploy(OURS)
    Cluster(dashboard.url, dashboard.url, tmp_path / "token", OUTBOUND).deploy(OURS)

    assert "ours" in dashboard.configs


def test_another_server_than_a_dashboard_is_told_from_one(publisher: Publisher) -> None:
    publisher.files["/api/serve/applications/"] = b"<!doctype html>"

    with pytest.raises(NotPrepared, match="did not answer as the dashboard of a Ray cluster does"):
        Cluster(publisher.url, publisher.url, None, OUTBOUND).state("ours")
