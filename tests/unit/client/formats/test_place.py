"""An export is there whole, or not at all."""

from __future__ import annotations

import pytest

from secondlook.client.formats.place import Taken, whole


def test_what_was_written_is_at_its_place_and_nothing_beside_it(tmp_path):
    with whole(tmp_path / "new/out.jsonl") as unfinished:
        unfinished.write_text("all")

    assert ["out.jsonl"] == [path.name for path in (tmp_path / "new").iterdir()]
    assert "all" == (tmp_path / "new/out.jsonl").read_text()


def test_nothing_is_left_of_what_failed_half_way(tmp_path):
    def fail() -> None:
        with whole(tmp_path / "out") as unfinished:
            unfinished.mkdir()
            (unfinished / "half").write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_what_is_there_is_not_touched(tmp_path, what):
    place = tmp_path / "out"
    if what == "file":
        place.write_text("mine")
    elif what == "folder":
        place.mkdir()
    else:
        place.symlink_to("nowhere")

    with pytest.raises(Taken, match="is there already: name another place"), whole(place):
        pytest.fail("nothing should be written")

    assert [place] == list(tmp_path.iterdir())


def test_what_comes_meanwhile_is_not_replaced(tmp_path):
    place = tmp_path / "out"

    def write() -> None:
        with whole(place) as unfinished:
            unfinished.write_text("export")
            place.write_text("mine")

    with pytest.raises(Taken):
        write()

    assert "mine" == place.read_text()
