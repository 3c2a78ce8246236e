"""Results and errors → responses, written by the service model."""

from __future__ import annotations

from secondlook.wire.serialize.failure import serialize_error
from secondlook.wire.serialize.success import serialize

__all__ = ["serialize", "serialize_error"]
