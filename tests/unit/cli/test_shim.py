"""The sitecustomize of `secondlook exec`, in Pythons of their own, beside modules laid out as the SDK lays out its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook.cli.commands.exec import SHIM

DEFINES = 'def sts_regional_endpoint(region):\n    return "https://sts.%s.amazonaws.com" % region\n'
LOCAL = "http://127.0.0.1:8700"


@pytest.fixture
def sdk(tmp_path):
    """Modules that define the function where the SDKs do, and one that imports it as 2.x's session does."""
    site = tmp_path / "site"
    for module in (
        "sagemaker/utils.py",
        "sagemaker/core/common_utils.py",
        "sagemaker/core/helper/session_helper.py",
        "sagemaker_core/helper/session_helper.py",
    ):
        file = site / module
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in [parent for parent in file.parents if site in parent.parents]:
            (folder / "__init__.py").touch()
        file.write_text(DEFINES)
    (site / "sagemaker" / "session.py").write_text("from sagemaker.utils import sts_regional_endpoint\n")
    return site


def python(*path: Path, code: str, program: str = sys.executable, **env: str) -> str:
    done = subprocess.run(
        [program, "-c", code],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(map(str, path)), **env},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(
    "module",
    [
        "sagemaker.session",
        "sagemaker.utils",
        "sagemaker.core.common_utils",
        "sagemaker.core.helper.session_helper",
        "sagemaker_core.helper.session_helper",
    ],
)
def test_the_sdk_s_sts_is_the_local_one(sdk, module):
    code = f"import {module} as m; print(m.sts_regional_endpoint('eu-west-1'))"

    assert LOCAL == python(SHIM, sdk, code=code, AWS_ENDPOINT_URL=LOCAL)


def test_a_url_for_sts_alone_counts_first(sdk):
    code = "import sagemaker.utils as m; print(m.sts_regional_endpoint('eu-west-1'))"

    assert "http://sts" == python(
        SHIM, sdk, code=code, AWS_ENDPOINT_URL=LOCAL, AWS_ENDPOINT_URL_STS="http://sts"
    )


def test_without_a_url_the_sdk_is_as_it_was(sdk):
    code = "import sagemaker.session as m; print(m.sts_regional_endpoint('eu-west-1'))"

    assert "https://sts.eu-west-1.amazonaws.com" == python(SHIM, sdk, code=code)


def test_a_redirected_module_keeps_its_own_loader_and_source(sdk):
    code = "import inspect, sagemaker.utils as m; print(type(m.__loader__).__name__, 'Then' in repr(m.__spec__), len(inspect.getsource(m)))"

    assert f"SourceFileLoader False {len(DEFINES)}" == python(SHIM, sdk, code=code, AWS_ENDPOINT_URL=LOCAL)


def test_the_sitecustomize_that_was_there_runs_too(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("mark = 'theirs'\n")

    assert "theirs" == python(SHIM, tmp_path, code="import sitecustomize; print(sitecustomize.mark)")


def test_a_sitecustomize_that_was_there_may_fail_as_it_did(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("raise RuntimeError('theirs')\n")
    done = subprocess.run(
        [sys.executable, "-c", "print('runs')"],
        env={"PYTHONPATH": os.pathsep.join([str(SHIM), str(tmp_path)])},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ("runs\n", True) == (done.stdout, "RuntimeError: theirs" in done.stderr)


def test_nothing_of_ours_and_nothing_large_is_imported():
    code = "import sys; print([name for name in ('secondlook', 'botocore', 'typing', 'importlib.abc') if name in sys.modules])"

    assert python(code=code) == python(SHIM, code=code)


@pytest.mark.parametrize("program", [f"python3.{minor}" for minor in (8, 9, 10, 12, 13, 14)])
def test_other_pythons_start_as_before(program):
    if (
        shutil.which(program) is None
        or subprocess.run([program, "-V"], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"{program} is not installed here")

    assert "fine" == python(SHIM, code="print('fine')", program=program)
