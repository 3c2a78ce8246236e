"""Wheels of a few lines, and a real index of packages on this machine that publishes them: libraries for models, without the internet."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

PATIENCE = 60.0


def wheel(
    name: str, version: str, code: str = "", requires: Sequence[str] = (), **more: Mapping[str, str]
) -> bytes:
    """A pure wheel with one module; `files` are further ones by their path."""
    metadata = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {need}\n" for need in requires)
    files = {
        f"{name}.py": code,
        f"{metadata}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{metadata}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **more.get("files", {}),
    }
    record = "".join(f"{path},{_digest(text.encode())},{len(text)}\n" for path, text in files.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {**files, f"{metadata}/RECORD": f"{record}{metadata}/RECORD,,\n"}.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return packed.getvalue()


def file_name(name: str, version: str) -> str:
    return f"{name}-{version}-py3-none-any.whl"


def _digest(content: bytes) -> str:
    return f"sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()}"


class Index:
    """A simple repository [PEP 503] at `url`, for whoever knows its password.

    `asked` has each path in turn. A file of `held` is not sent before `go_on` is set; its beginning is.
    """

    USER, PASSWORD = "reader", "open%sesame"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.held: set[str] = set()
        self.reached = threading.Event()
        self.go_on = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.index = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """With user and password, as somebody would put it into a variable."""
        return f"http://{self.USER}:{self.PASSWORD.replace('%', '%25')}@{self.authority}/simple"

    def publish(
        self, name: str, version: str, code: str = "", requires: Sequence[str] = (), **more: Mapping[str, str]
    ) -> None:
        self.files[f"/simple/{name}/{file_name(name, version)}"] = wheel(
            name, version, code, requires, **more
        )

    def publish_source(self, name: str, version: str, setup: str) -> None:
        """An sdist, whose setup.py runs when it is built."""
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for path, text in (
                ("setup.py", setup),
                ("PKG-INFO", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            ):
                member = tarfile.TarInfo(f"{name}-{version}/{path}")
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text.encode()))
        self.files[f"/simple/{name}/{name}-{version}.tar.gz"] = packed.getvalue()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    index: Index


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        index = self.server.index
        index.asked.append(self.path)
        known = base64.b64encode(f"{index.USER}:{index.PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {known}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="index"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        links = [path.rpartition("/")[2] for path in index.files if path.startswith(self.path)]
        page = "".join(f'<a href="{link}">{link}</a>\n' for link in links).encode() if links else None
        is_file = self.path in index.files
        body = index.files[self.path] if is_file else page
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/octet-stream" if is_file else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.path in index.held:
            self.wfile.write(body[:10])
            index.reached.set()
            index.go_on.wait(PATIENCE)
            body = body[10:]
        with contextlib.suppress(ConnectionError):  # whoever asked was ended meanwhile
            self.wfile.write(body or b"")

    do_HEAD = do_GET  # noqa: N815  (uv looks whether it can have a part of a wheel)

    def log_message(self, *_: object) -> None:
        pass
