"""Who reads the machine's wall clock: a server has one present, and everybody else is handed it (decision 40)."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src/secondlook"

READING = re.compile(r"\bdatetime\.now\(|\bnames\.now\b|import now\b|import .*\bnow,|\btime\.time\(")

CLIENTS = {"cli", "client"}
"""They run on the machines of whoever calls a server."""

ALLOWED = {
    "names.py": "where it is read",
    "store/session.py": "the present of a server, where no other clock is given",
    "clock/database_clock.py": "a guess before the first look",
    "app/serve.py": "the certificate, which browsers compare with their clocks",
    "app/backup.py": "no server: a command",
    "app/offline.py": "no server: a command",
    "app/resealing.py": "no server: a command",
    "api/steps.py": "signatures of programs, which sign by their clocks",
    "clock/duties.py": "webhooks and files, as their receivers and the file system have clocks; the default of a field",
    "api/services.py": "the default of a field",
    "pages/services.py": "the default of a field",
    "app/links.py": "the default of a parameter",
    "hosting/endpoints/deployment.py": "the default of a parameter",
    "hosting/logs/log.py": "the default of a parameter: when a line came, which people compare with their clocks",
    "review/liquid/dates.py": "what a template prints, in a child process",
    "testing/clock.py": "where moved time begins",
}


def test_only_these_read_the_wall_clock() -> None:
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in CLIENTS
        and READING.search(path.read_text(encoding="utf-8"))
    }

    assert readers == set(ALLOWED)
