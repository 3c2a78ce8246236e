"""A download that is given up costs no more than what was taken of it. Read from /proc, so on Linux."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.running import Server, eventually

SIZE = 96 * 1024 * 1024
TAKEN = 64 * 1024


def bodies_open(server: Server) -> list[str]:
    """Bodies of objects that the server has open."""
    assert server.process is not None
    links = Path(f"/proc/{server.process.pid}/fd").iterdir()
    return [name for link in links if "/objects/" in (name := _target(link))]


def read_so_far(server: Server) -> int:
    """Bytes that the server has read from files and sockets."""
    assert server.process is not None
    lines = Path(f"/proc/{server.process.pid}/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:  # closed since it was listed
        return ""


def test_the_server_stops_reading_for_a_client_that_left(server: Server, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="large", Body=bytes(SIZE))
    link = urlsplit(s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "large"}))
    before = read_so_far(server)
    with socket.create_connection((link.hostname, link.port)) as client:
        client.sendall(f"GET {link.path}?{link.query} HTTP/1.1\r\nHost: {link.netloc}\r\n\r\n".encode())
        taken = b""
        while len(taken) < TAKEN:
            taken += client.recv(TAKEN)
        assert bodies_open(server)
    eventually(lambda: not bodies_open(server))

    assert read_so_far(server) - before < SIZE / 2
