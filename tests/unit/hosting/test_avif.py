"""Which part of an AVIF browsers show."""

from __future__ import annotations

import struct

import pytest

pytest.importorskip("PIL.Image", reason="the extra secondlook[models] is not installed")

from secondlook.hosting.runtimes.avif import shown
from tests.pictures.avif import cropped_avif
from tests.pictures.making import saved

ALL, PART = (640, 440), (600, 400)


@pytest.mark.parametrize(
    ("aperture", "size"),
    [
        ((600, 1, 400, 1, -40, 2, -40, 2), PART),
        ((1200, 2, 400, 1, -20, 1, -60, 3), PART),
        ((600, 1, 400, 1, 0, 2, 0, 2), ALL),
        ((600, 1, 400, 1, -20, 2, -40, 2), ALL),
        ((680, 1, 400, 1, 40, 2, -40, 2), ALL),
        ((1201, 2, 400, 1, -79, 4, -40, 2), ALL),
        ((0, 1, 400, 1, -640, 2, -40, 2), ALL),
        ((600, 0, 400, 1, -40, 2, -40, 2), ALL),
    ],
    ids=str,
)
def test_a_clean_aperture_counts_where_it_begins_in_the_corner(
    aperture: tuple[int, ...], size: tuple[int, int]
) -> None:
    body = cropped_avif()
    place = body.index(b"clap") + 4

    assert shown(body[:place] + struct.pack(">8i", *aperture) + body[place + 32 :], ALL) == size


@pytest.mark.parametrize("body", [saved("AVIF"), b"", b"\0\0\0\x0cmeta\0\0\0\0"], ids=len)
def test_without_one_all_is_shown(body: bytes) -> None:
    assert shown(body, PART) == PART
