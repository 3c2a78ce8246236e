"""Members that REST protocols put into headers and the status line."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from secondlook.wire import scalars
from secondlook.wire.http import CONTROL
from secondlook.wire.specs import Shape


def write(shape: Shape, result: Mapping[str, Any]) -> tuple[int | None, list[tuple[str, str]]]:
    """The status that a member carries, if one does, and the header fields."""
    status: int | None = None
    headers: list[tuple[str, str]] = []
    for name, member in shape.located_members.items():
        value = result.get(name)
        if value is None:
            continue
        wire_name = name if member.wire_name is None else member.wire_name
        if member.location == "statusCode":
            status = int(value)
        elif member.location == "headers":
            headers += [(wire_name + key, _one_line(text)) for key, text in value.items()]
        elif member.location == "header":
            headers.append((wire_name, _one_line(_text(member, value))))
    return status, headers


def _text(shape: Shape, value: Any) -> str:
    if shape.traits.get("jsonvalue"):
        return base64.b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()
    if shape.type == "list":
        return ", ".join(_item(shape.member, item) for item in value)
    return scalars.write(shape, value, "rfc822")


def _item(shape: Shape, value: Any) -> str:
    text = scalars.write(shape, value, "rfc822")
    if shape.type != "string" or not any(character in text for character in ',"'):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _one_line(text: str) -> str:
    # A line end in a value would begin a header of the sender's choosing.
    line = CONTROL.sub(" ", text)
    try:
        line.encode("latin-1")
    except UnicodeEncodeError:
        # Headers are bytes, spelled as latin-1 here; what came in as a header goes out as it was.
        return line.encode("utf-8", "replace").decode("latin-1")
    return line
