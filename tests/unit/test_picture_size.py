from __future__ import annotations

import pytest

from secondlook.picture_size import stored_size
from tests.pictures.kinds import KINDS, Kind


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if "orientation" in kind.name and kind.family in {"JPEG", "TIFF"}],
    ids=str,
)
def test_a_size_is_that_of_the_stored_pixels(kind: Kind) -> None:
    assert stored_size(kind.make()) == (600, 400)


def test_what_is_no_picture_has_no_size() -> None:
    assert stored_size(b"these are not pixels") is None
