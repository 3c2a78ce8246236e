"""A model's archive, unpacked: SageMaker's `model.tar.gz`, with what `model_fn` loads and the script in `code/`.

Source: [hosting.md, Container contract].
"""

from __future__ import annotations

import os
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from secondlook.hosting.files.artifacts import Unavailable
from secondlook.store.incoming import private

ENDINGS = (".tar.gz", ".tgz")


def unpacked(archive: Path) -> Path:
    """The folder beside the archive with what is in it; unpacked once. Raises Unavailable.

    Only files and folders are taken, and only into this folder: links and devices are refused by name.
    """
    folder = archive.parent / "model"
    if not folder.is_dir():
        with TemporaryDirectory(dir=archive.parent, prefix=".unpacking-") as partial:
            try:
                _unpack(archive, Path(partial, folder.name))
                _put(Path(partial, folder.name), folder)
            except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
                raise Unavailable(f"{archive.name} cannot be unpacked: {error}") from error
    return folder


def _unpack(archive: Path, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    with tarfile.open(archive, "r:gz") as members:
        for member in members:
            path = PurePosixPath(member.name)
            if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.isdir()):
                raise Unavailable(
                    f"{archive.name} holds {member.name!r}, which is no file or folder of the model's own: "
                    "pack plain files by names from the model's directory"
                )
            place = folder / path
            (place if member.isdir() else place.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
            if content := members.extractfile(member):
                with content, open(place, "xb", opener=private) as file:
                    shutil.copyfileobj(content, file)
                    file.flush()
                    os.fsync(file.fileno())


def _put(folder: Path, place: Path) -> None:
    try:
        folder.rename(place)
    except OSError:
        if not place.is_dir():  # else another instance was faster, and has the same
            raise
