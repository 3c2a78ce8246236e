"""How many predictions of a process run at once."""

from __future__ import annotations

from collections.abc import Mapping

from secondlook.hosting.contract import WORKERS


def workers_of(environment: Mapping[str, str], unless_said: int = 1) -> int:
    """As the environment says. Raises SystemExit where that is no number of them."""
    setting = environment.get(WORKERS) or str(unless_said)
    if not setting.isdecimal() or not int(setting):
        raise SystemExit(f"{WORKERS} is {setting!r}; right is a whole number over 0")
    return int(setting)
