"""Secrets of links and cookies: only their hash is stored. They have 256 random bits, so a plain hash is enough."""

from __future__ import annotations

import hashlib


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
