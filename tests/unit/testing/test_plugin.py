"""The plugin in a run of pytest that has nothing to do with reviews."""

from __future__ import annotations

import subprocess
import sys

import pytest

from secondlook import testing

HEAVY = (
    "secondlook.app",
    "secondlook.testing.server",
    "sqlalchemy",
    "boto3",
    "botocore",
    "starlette",
    "uvicorn",
)


def test_it_loads_nothing_before_a_fixture_is_used() -> None:
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, secondlook.testing.plugin; print([name for name in {HEAVY!r} if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout == "[]\n"


@pytest.mark.parametrize("name", testing.__all__)
def test_every_name_of_the_package_is_there(name: str) -> None:
    assert getattr(testing, name).__name__ == name


def test_another_name_is_none() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Servant'"):
        testing.Servant  # type: ignore[attr-defined]  # noqa: B018
