"""`secondlook trust`: what it prints makes programs trust the server."""

from __future__ import annotations

import re
import ssl
from pathlib import Path
from urllib.request import urlopen

from tests.commandline import CommandLine, of
from tests.running import Server, eventually


def test_the_certificate_that_it_names_is_the_one_of_the_port(own_server: Server, tmp_path: Path) -> None:
    command = of(own_server.start(), tmp_path)
    shown = command.run("trust", "--system", "debian").out
    bundle = re.search(r"export AWS_CA_BUNDLE=(\S+)", shown)[1]  # type: ignore[index]
    url = f"https://127.0.0.1:{own_server.tls_port}/sign-in"

    with urlopen(url, context=ssl.create_default_context(cafile=bundle)) as page:
        assert 200 == page.status
    assert str(own_server.data / "tls" / "certificate.pem") == bundle
    assert re.search(r"^SHA-256       ([0-9A-F]{2}:){31}[0-9A-F]{2}$", shown, re.MULTILINE)
    assert eventually(lambda: "until you follow:  secondlook trust --data" in own_server.log)


def test_without_a_certificate_of_ours_it_says_so(tmp_path: Path) -> None:
    said = CommandLine(tmp_path / "new", tmp_path).run("trust", code=1).err

    assert "no server has run here with TLS and a certificate of its own" in said
