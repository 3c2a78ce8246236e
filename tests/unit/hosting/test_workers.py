"""How many predictions of a process run at once."""

from __future__ import annotations

import pytest

from secondlook.hosting.contract import WORKERS
from secondlook.hosting.runtimes.workers import workers_of


@pytest.mark.parametrize(("setting", "workers"), [({}, 16), ({WORKERS: ""}, 16), ({WORKERS: "3"}, 3)])
def test_so_many_as_the_environment_says(setting: dict[str, str], workers: int) -> None:
    assert workers == workers_of(setting, 16)


@pytest.mark.parametrize("setting", ["0", "-1", "1e9", "many"])
def test_a_number_that_is_none_is_refused_by_name(setting: str) -> None:
    with pytest.raises(SystemExit, match=f"{WORKERS} is '{setting}'; right is a whole number over 0"):
        workers_of({WORKERS: setting})
