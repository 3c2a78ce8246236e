"""Models that come as SageMaker's model.tar.gz."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

from secondlook.hosting.catalog import Artifact
from secondlook.hosting.container import Container
from secondlook.hosting.files.archive import unpacked
from secondlook.hosting.files.deadline import Deadline
from secondlook.hosting.files.own_files import OwnFiles
from secondlook.hosting.instances.kinds.local.launch import Launcher
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance
from secondlook.hosting.logs.log import Log
from secondlook.outbound import Outbound
from secondlook.store.files import Files
from secondlook.store.session import Store

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


def test_a_products_archive_is_unpacked_and_served(store: Store, tmp_path: Path) -> None:
    """Fetched from the mirror; started as the fleet starts it, with a variable that SageMaker's SDK sets."""
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    body = packed(
        mirror / "model.tar.gz", **{"code/inference.py": SCRIPT, "./weights/w.txt": b"loaded"}
    ).read_bytes()
    launcher = Launcher(
        tmp_path, mirror, Outbound(), OwnFiles(tmp_path / "own-models", Files(store, tmp_path))
    )
    artifact = Artifact("http://nobody.invalid/model.tar.gz", hashlib.sha256(body).hexdigest(), len(body))
    variables = {"SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code"}
    container = Container("archived", "", "inference_script", variables, artifact=artifact)

    log = Log(tmp_path / "model.log")
    process = LocalInstance(lambda: launcher.prepare(container, log, Deadline()), log)
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
