"""What programs print for workers to open: `https://` and the SubDomain of a work team answers with the portal."""

from __future__ import annotations

import socket
import ssl
import urllib.request

import pytest

from secondlook.settings import Settings
from tests.running import Server


def opened(url: str) -> str:
    """The page that a browser would see that does not know the certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(url, timeout=30, context=context) as answer:
        return answer.read().decode()


def subdomains(server: Server) -> set[str]:
    sagemaker = server.client("sagemaker")
    server.client("secondlook").create_team(TeamName="crew")
    team = sagemaker.describe_workteam(WorkteamName="crew")["Workteam"]["SubDomain"]
    listed = sagemaker.list_workteams()["Workteams"][0]["SubDomain"]
    return {team, listed, sagemaker.describe_workforce(WorkforceName="default")["Workforce"]["SubDomain"]}


@pytest.mark.parametrize("tls", ["on", "off"])
def test_it_opens_the_portal(own_server: Server, tls: str) -> None:
    if tls == "off":
        own_server.settings["tls_port"] = "0"
    own_server.start()

    [subdomain] = subdomains(own_server)

    assert subdomain == f"127.0.0.1:{own_server.port if tls == 'off' else own_server.tls_port}"
    assert "Sign in" in opened(f"https://{subdomain}")
    assert "Sign in" in opened(f"{own_server.url}/sign-in")
    assert f"https://{subdomain}" in own_server.log


def test_with_a_public_url_of_another_port_it_names_what_was_given(own_server: Server) -> None:
    own_server.settings |= {"tls_port": "0", "public_url": f"http://localhost:{own_server.port}"}
    own_server.start()

    [subdomain] = subdomains(own_server)

    assert subdomain == f"localhost:{own_server.port}"
    assert "Sign in" in opened(f"https://127.0.0.1:{own_server.port}")


@pytest.mark.parametrize(
    ("settings", "subdomain"),
    [
        ({"public_url": "https://review.example.org"}, "review.example.org"),
        ({"public_url": "https://review.example.org:8443/", "tls_port": 0}, "review.example.org:8443"),
        ({"public_url": "http://review.example.org", "tls_port": 0}, "review.example.org:80"),
        ({"public_url": "http://review.example.org:9000"}, "review.example.org:8701"),
        ({"host": "::1", "tls_port": 0}, "[::1]:8700"),
        ({"tls_port": 443}, "127.0.0.1"),
        ({"port": 443, "tls_port": 0}, "127.0.0.1"),
    ],
)
def test_it_follows_from_the_settings(settings, subdomain) -> None:
    assert Settings(**settings).subdomain == subdomain


def test_who_says_nothing_keeps_nobody_from_a_port_of_both_kinds(own_server: Server) -> None:
    own_server.settings["tls_port"] = "0"
    own_server.start()
    silent = [socket.create_connection(("127.0.0.1", own_server.port), 30) for _ in range(50)]
    try:
        assert "Sign in" in opened(f"https://127.0.0.1:{own_server.port}/sign-in")
        assert "Sign in" in opened(f"{own_server.url}/sign-in")
    finally:
        for connection in silent:
            connection.close()
