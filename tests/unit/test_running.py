"""What the tests' own clients make of a server that dies in the middle of an answer."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import IncompleteReadError

from tests.neighbours import Listener
from tests.running import Server

ANSWERS = {
    "success": b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n",
    "error": b"HTTP/1.1 404 Not Found\r\nContent-Length: 300\r\n\r\n<Error>",
}


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[Callable[[bytes], Any]]:
    """Makes a client of a server that ends the connection after these bytes."""
    with contextlib.ExitStack() as stack:

        def client(answer: bytes) -> Any:
            def serve(connection: socket.socket) -> None:
                connection.recv(65536)
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_WR)

            listener = Listener(serve)
            stack.callback(listener.close)
            keys = {"access_key_id": "id", "secret_access_key": "secret", "region": "us-east-1"}
            (tmp_path / "client.json").write_text(json.dumps(keys))
            return Server(tmp_path, port=listener.port).client("s3")

        yield client


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_cut_off_is_none(s3: Callable[[bytes], Any], answer: bytes) -> None:
    with pytest.raises(IncompleteReadError):
        s3(answer).create_multipart_upload(Bucket="bucket", Key="key")
