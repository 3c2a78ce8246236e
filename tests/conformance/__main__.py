"""OpenStack Swift's S3 tests, which its authors run on AWS too, against a server of this checkout: `python -m tests.conformance`.

They come from the package's source at PyPI and are neither ours nor part of `make test`; `differences.txt` has what differs and why.
Arguments are pytest's. The exit status is 1 if anything else fails, or if a difference is none any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.archives import unpack
from tests.running import Server

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "conformance"
PYTHON = CACHE / "environment" / "bin" / "python"
CONFIG = """[default]
endpoint = http://localhost:{port}
region = {region}
aws_access_key_id = {access_key_id}
aws_secret_access_key = {secret_access_key}
"""


def main(arguments: list[str]) -> int:
    source = fetch()
    with tempfile.TemporaryDirectory() as directory, Server(Path(directory) / "data") as server:
        server.start()
        config, report = Path(directory) / "aws", Path(directory) / "report.xml"
        config.write_text(CONFIG.format(port=server.port, **server.credentials))
        command = [
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--timeout=60",
            f"--junit-xml={report}",
        ]
        environment = {"PATH": os.environ["PATH"], "SWIFT_TEST_AWS_CONFIG_FILE": str(config)}
        subprocess.run([*command, *(arguments or ["test/s3api"])], cwd=source, env=environment, check=False)
        return judge(dict(outcomes(report)), differences(), is_whole=not arguments)


def fetch() -> Path:
    """The folder of the unpacked source; what it needs is installed beside it, once."""
    wanted = (HERE / "requirements.txt").read_text()
    swift = next(line for line in wanted.splitlines() if line.startswith("swift=="))
    source, is_installed = CACHE / swift.replace("==", "-"), CACHE / "installed.txt"
    if not (is_installed.exists() and is_installed.read_text() == wanted):
        venv.create(PYTHON.parents[1], clear=True, with_pip=True)
        pip = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-r", HERE / "requirements.txt"], check=True)
        subprocess.run(
            [*pip, "download", "--no-deps", "--no-binary", "swift", "-d", CACHE, swift], check=True
        )
        with tarfile.open(source.with_name(source.name + ".tar.gz")) as archive:
            unpack(archive, CACHE)
        is_installed.write_text(wanted)
    return source


def outcomes(report: Path) -> Iterator[tuple[str, str]]:
    """Each test by `Class::name`, with `passed`, `skipped`, `failed` or `error`, whatever came last."""
    for case in ET.parse(report).iter("testcase"):
        outcomes = [child.tag for child in case if child.tag in {"skipped", "failure", "error"}]
        name = f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"
        yield name, outcomes[0] if outcomes else "passed"


def differences() -> dict[str, str]:
    """Patterns of tests that are known to fail, with the reason."""
    lines = (line for line in (HERE / "differences.txt").read_text().splitlines() if line.strip())
    return {pattern.strip(): reason.strip() for pattern, _, reason in (line.partition("#") for line in lines)}


def judge(outcomes: dict[str, str], known: dict[str, str], *, is_whole: bool) -> int:
    failed = {name for name, outcome in outcomes.items() if outcome in {"failure", "error"}}
    expected = {pattern: {name for name in failed if fnmatch(name, pattern)} for pattern in known}
    unknown = sorted(failed.difference(*expected.values()))
    past = [pattern for pattern, names in expected.items() if not names and is_whole]
    for pattern, names in expected.items():
        if names:
            print(f"{len(names):4} differ: {known[pattern]}")
    for title, tests in (("fails", unknown), ("differs no more", past)):
        for name in tests:
            print(f"{title}: {name}")
    passed = sum(outcome == "passed" for outcome in outcomes.values())
    print(f"{passed} passed, {len(failed)} failed, {len(unknown)} of them for no known reason")
    return 1 if unknown or past or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
