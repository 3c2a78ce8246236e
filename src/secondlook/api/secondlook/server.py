"""Which server answers."""

from __future__ import annotations

from typing import Any

from secondlook import __version__
from secondlook.api.call import Call


def get_server(call: Call) -> dict[str, Any]:
    return {
        "Version": __version__,
        "Account": call.place.account,
        "Region": call.place.region,
        "PublicUrl": call.services.settings.url,
    }
