"""Archives that somebody made to do harm, or that were damaged: each is refused by name, and nothing of it is kept."""

from __future__ import annotations

import errno
import gzip
import io
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from secondlook.hosting.errors import NotPrepared, Refused
from secondlook.hosting.files import archive, names
from secondlook.hosting.files.archive import unpacked
from secondlook.hosting.files.deadline import Deadline

from .conftest import until

Fill = Callable[[tarfile.TarFile], None]


def add(members: tarfile.TarFile, name: str, content: bytes = b"", **more: object) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for key, value in more.items():
        setattr(member, key, value)
    members.addfile(member, io.BytesIO(content))


def made(tmp_path: Path, fill: Fill, format_: int = tarfile.PAX_FORMAT, **more: Any) -> Path:
    place = tmp_path / "model.tar.gz"
    with tarfile.open(place, "w:gz", format=format_, **more) as members:
        add(members, "first", b"1")
        fill(members)
    return place


def refused(place: Path, reason: str) -> None:
    """Refused for that reason; the archive is all that is left."""
    with pytest.raises(Refused, match=reason):
        unpacked(place)
    assert [place] == list(place.parent.iterdir())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside", "'../outside', which leads out of the model"),
        ("/etc/outside", "'/etc/outside', which leads out"),
        ("a/../../outside", "which leads out"),
        ("a\nb", r"'a\\nb', whose name has control characters"),
        ("a\x1b[31m", "control characters"),
        ("n" * 256, "too long: 255 bytes for one"),
        ("/".join(["n" * 200] * 6), "1,024 for the whole path"),
        ("/".join("a" * 33), "deeper than 32 folders"),
        ("first", "'first' twice"),
        ("./first", "'first' twice"),
        ("FIRST", "'FIRST' and 'first', which some systems take for one"),
        ("first/second", "holds 'first/second' where another member stands in its way"),
    ],
)
def test_names(tmp_path: Path, name: str, reason: str) -> None:
    refused(made(tmp_path, lambda members: add(members, name, b"2")), reason)


def test_a_name_in_two_spellings_of_unicode(tmp_path: Path) -> None:
    def fill(members: tarfile.TarFile) -> None:
        add(members, "caf\u00e9", b"2")
        add(members, "cafe\u0301", b"2")

    refused(made(tmp_path, fill), "which some systems take for one")


@pytest.mark.parametrize("format_", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT])
def test_a_name_that_is_not_utf_8(tmp_path: Path, format_: int) -> None:
    place = made(
        tmp_path,
        lambda members: add(members, b"caf\xe9".decode(errors="surrogateescape"), b"2"),
        format_,
        encoding="utf-8",
        errors="surrogateescape",
    )
    refused(place, "whose name is not UTF-8")


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (tarfile.SYMTYPE, "first"),
        (tarfile.SYMTYPE, "/etc"),
        (tarfile.LNKTYPE, "first"),
        (tarfile.CHRTYPE, ""),
        (tarfile.BLKTYPE, ""),
        (tarfile.FIFOTYPE, ""),
        (b"Z", ""),  # of no known type
    ],
)
def test_links_and_devices_also_those_that_stay_inside(tmp_path: Path, kind: bytes, target: str) -> None:
    place = made(tmp_path, lambda members: add(members, "link", type=kind, linkname=target))
    refused(place, "'link', which is no file or folder of the model's own")


def test_files_with_holes(tmp_path: Path) -> None:
    """A sparse file of few bytes may be as large as it says."""
    holes = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.name": "sparse"}
    sizes = {"GNU.sparse.size": str(1 << 50), "GNU.sparse.numblocks": "1", "GNU.sparse.map": "0,1"}
    place = made(tmp_path, lambda members: add(members, "s", b"1", pax_headers={**holes, **sizes}))
    refused(place, "which is no file or folder")


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_FILES", 3)

    def fill(members: tarfile.TarFile) -> None:
        for number in range(3):
            add(members, f"folder-{number}", type=tarfile.DIRTYPE)

    refused(made(tmp_path, fill), "more than 3 files and folders")


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It unpacks to a thousand times its size; what may come in any case is made small."""
    monkeypatch.setattr(archive, "FREE_BYTES", 1 << 20)
    place = made(tmp_path, lambda members: add(members, "zeros", bytes(20 << 20)))
    refused(
        place, r"larger than [0-9,]+ bytes when it is unpacked, which is the most for an archive of its size"
    )


def test_a_bomb_behind_the_last_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_BYTES", 1 << 20)
    place = made(tmp_path, lambda _: None)
    place.write_bytes(place.read_bytes() + gzip.compress(bytes(20 << 20)))
    refused(place, "larger than [0-9,]+ bytes when it is unpacked")


def test_what_is_too_large_whatever_it_came_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1 << 16)
    place = made(tmp_path, lambda members: add(members, "noise", os.urandom(1 << 16)))
    refused(place, "larger than 65,536 bytes")


def test_a_member_that_says_it_is_huge(tmp_path: Path) -> None:
    """Refused by what its header says, before a byte of it is read."""
    member = tarfile.TarInfo("huge")
    member.size = 1 << 60
    place = tmp_path / "model.tar.gz"
    place.write_bytes(gzip.compress(member.tobuf(tarfile.GNU_FORMAT)))
    refused(place, "larger than 1,073,741,824 bytes")


@pytest.mark.parametrize("size", [-512, -1])
def test_a_member_of_less_than_nothing(tmp_path: Path, size: int) -> None:
    """Whoever believes such a size goes back to where they were, for ever."""
    member = tarfile.TarInfo("less")
    member.size = size
    place = tmp_path / "model.tar.gz"
    place.write_bytes(gzip.compress(member.tobuf(tarfile.GNU_FORMAT) + bytes(1024)))
    refused(place, "smaller than nothing")


def test_a_header_that_is_a_bomb(tmp_path: Path) -> None:
    """Headers of their own are read in one piece, so they must be small."""
    place = made(tmp_path, lambda members: add(members, "x", pax_headers={"comment": "x" * (32 << 20)}))
    refused(place, r"a header has 33,[0-9,]+ bytes, and may have 65,536")


def test_a_long_name_of_gnu_that_is_a_bomb(tmp_path: Path) -> None:
    place = made(tmp_path, lambda members: add(members, "x" * (8 << 20)), tarfile.GNU_FORMAT)
    refused(place, "a header has 8,[0-9,]+ bytes")


def test_headers_upon_headers(tmp_path: Path) -> None:
    """Each is read by a call within the call before."""
    header = tarfile.TarInfo("pax")
    header.type, content = tarfile.XHDTYPE, b"13 comment=x\n"
    header.size = len(content)
    block = header.tobuf(tarfile.USTAR_FORMAT) + content.ljust(512, b"\0")
    place = tmp_path / "model.tar.gz"
    place.write_bytes(gzip.compress(block * 5000))
    refused(place, "more than 8 headers")


def test_values_for_all_members(tmp_path: Path) -> None:
    place = made(tmp_path, lambda _: None, pax_headers={f"key-{number}": "value" for number in range(101)})
    refused(place, "more than 100 values in headers for all members")


@pytest.mark.parametrize("size", [0, 1, 10, 200, 4000])
def test_what_is_cut_short(tmp_path: Path, size: int) -> None:
    place = made(tmp_path, lambda members: add(members, "noise", os.urandom(5000)))
    place.write_bytes(place.read_bytes()[:size])
    refused(place, "model.tar.gz cannot be unpacked: ")


def test_what_is_damaged(tmp_path: Path) -> None:
    """The checksum stands at the end of the file."""
    place = made(tmp_path, lambda members: add(members, "noise", os.urandom(5000)))
    content = place.read_bytes()
    place.write_bytes(content[:-8] + bytes(4) + content[-4:])
    refused(place, "cannot be unpacked: CRC check failed")


@pytest.mark.parametrize("content", [b"no archive", b"PK\x03\x04" + bytes(100)])
def test_what_is_not_gzipped(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "model.tar.gz"
    place.write_bytes(content)
    refused(place, "cannot be unpacked: Not a gzipped file")


def test_what_is_gzipped_and_no_tar(tmp_path: Path) -> None:
    place = tmp_path / "model.tar.gz"
    place.write_bytes(gzip.compress(b"no archive" * 1000))
    refused(place, "cannot be unpacked: ")


def test_a_header_that_is_damaged_does_not_end_the_archive(tmp_path: Path) -> None:
    """tarfile takes it for the end; half a model would be served."""
    whole = made(tmp_path, lambda members: add(members, "second", b"2"))
    content = bytearray(gzip.decompress(whole.read_bytes()))
    content[1024:1030] = b"broken"
    whole.write_bytes(gzip.compress(bytes(content)))
    refused(whole, "cannot be unpacked: bad checksum")


def test_what_stands_behind_its_end(tmp_path: Path) -> None:
    """Two archives after one another: tar reads the first only."""
    place = made(tmp_path, lambda _: None)
    place.write_bytes(place.read_bytes() * 2)
    refused(place, "something stands behind its end")


def test_modes_and_owners_are_not_taken(tmp_path: Path) -> None:
    place = made(tmp_path, lambda members: add(members, "tool", b"2", mode=0o6777, uid=0, uname="root"))
    file = unpacked(place) / "tool"
    assert 0o600 == file.stat().st_mode & 0o7777
    assert os.getuid() == file.stat().st_uid


def test_a_server_that_dies_while_unpacking_leaves_no_model(tmp_path: Path) -> None:
    """Killed after its first file: what is there has no name that anybody looks for."""
    place = made(tmp_path, lambda members: [add(members, f"f{number}", b"x") for number in range(5000)])
    program = "import sys, pathlib; from secondlook.hosting.files.archive import unpacked; unpacked(pathlib.Path(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", program, str(place)]) as process:
        until(lambda: list(tmp_path.glob(".unpacking-*/model/first")), "the first file")
        process.send_signal(signal.SIGKILL)
    assert not (tmp_path / "model").exists()
    assert b"x" == (unpacked(place) / "f4999").read_bytes()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.EIO])
def test_what_is_this_servers_own_trouble_is_no_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(archive, "write", full)
    with pytest.raises(NotPrepared, match=f"cannot be unpacked: {os.strerror(number)}") as failed:
        unpacked(made(tmp_path, lambda _: None))
    assert type(failed.value) is NotPrepared


def test_an_archive_that_takes_too_long_is_no_refusal(tmp_path: Path) -> None:
    with pytest.raises(NotPrepared, match="ModelDataDownloadTimeoutInSeconds") as late:
        unpacked(made(tmp_path, lambda _: None), Deadline(0))
    assert type(late.value) is NotPrepared
