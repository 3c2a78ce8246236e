"""What `secondlook trust` tells to whom."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from secondlook.cli.trust import SYSTEMS, detected, steps


@pytest.mark.parametrize(
    ("system", "release", "expected"),
    [
        ("Linux", {"ID": "debian"}, "debian"),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ("Linux", {"ID": "fedora"}, "fedora"),
        ("Linux", {"ID": "alpine"}, None),
        ("Linux", {}, None),
        ("Darwin", {}, "macos"),
        ("Windows", {}, "windows"),
    ],
)
def test_the_system_is_found_out(system, release, expected):
    assert expected == detected(system, release)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_is_told_of_its_store_its_browsers_and_programs_and_the_way_back(name):
    text = steps(name, PurePosixPath("/srv/d/tls/certificate.pem"))

    for part in (
        SYSTEMS[name].title,
        "Firefox",
        "AWS_CA_BUNDLE=",
        "REQUESTS_CA_BUNDLE=",
        "curl --cacert",
        "no longer",
    ):
        assert part in text
    assert "{file}" not in text
    assert (name in {"debian", "fedora"}) == ("nssdb" in text)


def test_a_path_with_spaces_is_quoted_as_the_system_wants_it():
    assert "cp '/srv/a b/certificate.pem' /usr/local" in steps(
        "debian", PurePosixPath("/srv/a b/certificate.pem")
    )
    assert '-addstore Root "C:\\a b\\c.pem"' in steps("windows", PureWindowsPath("C:\\a b\\c.pem"))
