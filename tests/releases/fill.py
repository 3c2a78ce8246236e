"""`python -m tests.releases.fill COMMAND…`: keep an installation with work under way, made by a release's own server.

To be run once for each release, from its commit, with nothing behind it; for another one's with the command that starts it,
such as `/there/.venv/bin/python -m secondlook.cli`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.journeys.reviewing import Review
from tests.journeys.test_backup import desk
from tests.releases.installation import keep
from tests.running import COMMAND, Server

NAME = "upgraded"


def fill(command: list[str]) -> None:
    version = subprocess.run(
        [*command, "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    with tempfile.TemporaryDirectory() as place, Server(Path(place) / "data", command=command) as server:
        server.data.mkdir(mode=0o700)
        review = Review(server.start(), NAME)
        key = server.key("camera", "all" if version == "0.1.0" else "requester")
        server.client("s3").put_object(Bucket=NAME, Key="one", Body=b"body")
        for number in range(2):
            review.start(f"{NAME}-{number}")
        worker = desk(server)
        begun = review.taken(worker, f"{NAME}-0")
        worker.save_draft(begun, {"answer": {"word": "kept-for-later"}})
        server.stop()
        keep(server.data, version, key=key, begun=begun)


if __name__ == "__main__":
    fill(sys.argv[1:] or [*COMMAND])
