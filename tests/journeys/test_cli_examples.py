"""The other examples, run as their first lines say."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from secondlook.testing import Server
from tests.commandline import of
from tests.running import eventually

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_quickstart_prints_what_a_worker_answered(secondlook_server: Server, tmp_path: Path) -> None:
    command = of(secondlook_server, tmp_path)
    command.run("team", "create", "another")
    command.run("team", "create", "reviewers", "--invite", "you@example.org")
    own, answer = (
        secondlook_server.client("secondlook"),
        {"tone": {"friendly": False, "unfriendly": True}, "why": "Irony"},
    )

    with command.running(
        "exec", "--", sys.executable, shutil.copy(EXAMPLES / "quickstart.py", tmp_path)
    ) as quickstart:
        loop = eventually(
            lambda: (loops := own.list_loops()["Loops"]) and loops[0]["Ready"] and loops[0]["HumanLoopName"]
        )
        command.run(
            "work", "--as", "you@example.org", "--loop", loop, "--answer", "-", said=json.dumps(answer)
        )
        out, err = quickstart.communicate(timeout=60)

    assert 0 == quickstart.returncode, err
    assert answer == json.loads(out[out.index("{") :])


def test_the_quickstart_says_what_it_needs(secondlook_server: Server, tmp_path: Path) -> None:
    said = of(secondlook_server, tmp_path).run(
        "exec", "--", sys.executable, str(EXAMPLES / "quickstart.py"), code=1
    )

    assert "There is no work team reviewers yet: secondlook team create reviewers" in said.err
