"""What a flow definition says beside what AWS knows of one."""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.review import flow


def describe_flow(call: Call) -> dict[str, Any]:
    return {"Flow": _shown(call)}


def update_flow(call: Call) -> dict[str, Any]:
    name, seconds = call.params["FlowDefinitionName"], call.params["UndoSeconds"]
    with call.store.write() as cx:
        flow.update_undo(cx, name, seconds, call.now)
    return {"Flow": _shown(call)}


def _shown(call: Call) -> dict[str, Any]:
    name = call.params["FlowDefinitionName"]
    with call.store.read() as cx:
        own = flow.find(cx, name).undo_seconds
        warnings = flow.warnings(cx, name)
    undo = call.services.settings.undo_seconds if own is None else own
    return {"FlowDefinitionName": name, "UndoSeconds": undo, "Warnings": warnings}
