"""The time and the place of these tests, and how long they wait."""

from __future__ import annotations

from datetime import UTC, datetime

from secondlook.names import Place

NOW = datetime(2026, 3, 2, 9, 14, 5, 120_000, UTC)
PLACE = Place("us-east-1", "123456789012")
PATIENCE = 60.0
"""Seconds."""
