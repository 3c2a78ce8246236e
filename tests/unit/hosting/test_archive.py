"""Models that come as SageMaker's model.tar.gz."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
from pathlib import Path

import pytest

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.container import Container
from secondlook.hosting.files.archive import unpacked
from secondlook.hosting.files.artifacts import Unavailable
from secondlook.hosting.instances.kinds.local.launch import Launcher
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Outbound

from .conftest import invoke

SCRIPT = b"""
from pathlib import Path
def model_fn(model_dir): return Path(model_dir, "weights", "w.txt").read_text()
def transform_fn(model, body, content_type, accept): return model
"""


def packed(place: Path, **files: bytes) -> Path:
    with tarfile.open(place, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return place


def test_a_products_archive_is_unpacked_and_served(tmp_path: Path) -> None:
    """Fetched from the mirror; started as the fleet starts it, with a variable that SageMaker's SDK sets."""
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    body = packed(
        mirror / "model.tar.gz", **{"code/inference.py": SCRIPT, "./weights/w.txt": b"loaded"}
    ).read_bytes()
    launcher = Launcher(tmp_path, mirror, Outbound())
    artifact = Artifact("http://nobody.invalid/model.tar.gz", hashlib.sha256(body).hexdigest(), len(body))
    variables = {"SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code"}
    container = Container("archived", "", "inference_script", variables, artifact=artifact)

    log = Log(tmp_path / "model.log")
    process = LocalInstance(lambda: launcher.prepare(container, log, threading.Event()), log)
    process.start()
    try:
        process.ready(20)
        assert invoke(process) == (200, b"loaded")
    finally:
        process.stop(grace=5)


def test_an_archive_is_unpacked_once(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.tar.gz", a=b"1")

    folder = unpacked(archive)
    archive.unlink()

    assert unpacked(archive) == folder
    assert (folder / "a").read_bytes() == b"1"
    assert [place.name for place in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside"])
def test_a_name_that_leads_out_is_refused_and_nothing_is_kept(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path / "model.tar.gz", **{"a": b"1", name: b"2"})

    with pytest.raises(Unavailable, match=f"model.tar.gz holds '{name}'"):
        unpacked(archive)

    assert list(tmp_path.iterdir()) == [archive]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    archive = tmp_path / "model.tar.gz"
    with tarfile.open(archive, "w:gz") as writing:
        member = tarfile.TarInfo("link")
        member.type, member.linkname = kind, "/etc/passwd"
        writing.addfile(member)

    with pytest.raises(Unavailable, match="holds 'link', which is no file or folder"):
        unpacked(archive)


@pytest.mark.parametrize("cut", [False, True])
def test_what_is_no_archive_or_cut_short_is_refused(tmp_path: Path, cut: bool) -> None:
    archive = packed(tmp_path / "model.tar.gz", a=bytes(range(256)) * 40)
    archive.write_bytes(archive.read_bytes()[:30] if cut else b"no archive")

    with pytest.raises(Unavailable, match=r"model.tar.gz cannot be unpacked"):
        unpacked(archive)

    assert list(tmp_path.iterdir()) == [archive]
