"""The artifact mirror for tests: the one that SECONDLOOK_MIRROR names, or `shared/models` beside the project."""

from __future__ import annotations

from pathlib import Path

from secondlook.settings import Settings

BESIDE = Path(__file__).parents[2] / "shared" / "models"

MIRROR: Path | None = Settings.load().mirror or (BESIDE if BESIDE.is_dir() else None)
"""None where there is neither; artifacts then come from the network, or what needs them is skipped."""
