"""The SageMaker SDKs of two generations, in environments of their own: the commands that run programs of theirs.

What programs there are lies in `tests/clients/sagemaker_2` and `tests/clients/sagemaker_3`.
"""

from __future__ import annotations

import pytest

from tests.environments import ROOT, environment

CLIENTS = ROOT / "tests" / "clients"
IMPATIENT = str(CLIENTS / "impatient.py")


def two(program: str, *arguments: str) -> list[str]:
    """Of the SDK 2, in the environment of the notebook."""
    python = ROOT / ".cache" / "notebook" / "bin" / "python"
    if not python.exists():
        pytest.fail(f"{python} is missing: make notebook-environment")
    return [str(python), IMPATIENT, str(CLIENTS / "sagemaker_2" / program), *arguments]


def three(program: str, *arguments: str) -> list[str]:
    programs = CLIENTS / "sagemaker_3"
    python = environment("sagemaker-3", programs / "requirements.txt")
    return [str(python), IMPATIENT, str(programs / program), *arguments]
