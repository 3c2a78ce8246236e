"""An endpoint with a log, for pages of the console: no model runs behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from secondlook.hosting.logs.line import stamp
from secondlook.store import tables
from tests.portal_world import World, now

REASON = "The primary container for production variant AllTraffic could not be started."
HOSTILE = "<b id='bold'>bold</b> \x1b[31mred\x07 " + "x" * 400


def put_endpoint(
    world: World, cx: Connection, product: str = "langid-text", status: str = "Failed", **more: Any
) -> Path:
    """The endpoint `talker` of a product, which has failed, unless it is said to be otherwise; the log of its one instance, with a
    hundred lines.
    """
    variant = {
        "VariantName": "AllTraffic",
        "Weight": 1.0,
        "InstanceCount": 2,
        "Container": {"image": "secondlook/inference_script", "product": product},
    }
    cx.execute(
        insert(tables.endpoint).values(
            name="talker",
            config_name="talker-with-a-rather-long-name-of-a-config",
            variants=[variant],
            status=status,
            failure_reason=REASON if status == "Failed" else None,
            created_at=now(),
            modified_at=now(),
            **more,
        )
    )
    log = world.services.settings.data / "logs" / "endpoints" / "talker" / "AllTraffic-1.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    say(log, *(f"line {number} {HOSTILE}" for number in range(100)))
    return log


def say(log: Path, *lines: str) -> None:
    with log.open("ab") as file:
        for line in lines:
            file.write(stamp(now()) + line.encode() + b"\n")
