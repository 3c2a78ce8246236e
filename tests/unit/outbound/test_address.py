from __future__ import annotations

from ipaddress import ip_address

import pytest

from secondlook.outbound import Gate, NotAllowed


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_reached(address: str) -> None:
    Gate().judge("https://x.org/", ip_address(address), 443)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "::1",
        "fd12::1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "240.0.0.1",
        "255.255.255.254",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "::ffff:0:10.0.0.1",
    ],
)
def test_private_addresses_are_refused_with_the_setting_that_would_allow_them(address: str) -> None:
    with pytest.raises(NotAllowed, match=r"https://x.org/ leads to the private address .*--allow-outbound "):
        Gate().judge("https://x.org/", ip_address(address), 443)


@pytest.mark.parametrize(
    ("allow", "address"),
    [
        ("10.0.0.0/8", "10.1.2.3"),
        ("127.0.0.1", "127.0.0.1"),
        ("fd00::/8", "fd12::1"),
        ("10.0.0.0/8", "::ffff:10.0.0.1"),
    ],
)
def test_a_listed_range_is_reached(allow: str, address: str) -> None:
    Gate([allow]).judge("https://x.org/", ip_address(address), 443)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::",
        "2002:e000:1::",
        "::10.0.0.1",
        "::8.8.8.8",
        "::2",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::8.8.8.8",
        "2001::1",
        "2001:0:808:808::1",
        "100::1",
        "fec0::1",
        "192.0.0.192",
        "192.0.0.1",
        "192.88.99.1",
        "0.1.2.3",
        "255.255.255.255",
        "239.255.255.255",
    ],
)
def test_no_setting_opens_link_local_and_metadata_addresses(address: str) -> None:
    with pytest.raises(NotAllowed, match="never reached"):
        Gate(["0.0.0.0/0", "::/0"]).judge("https://x.org/", ip_address(address), 443)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.7.7.7", "::ffff:127.0.0.1"])
def test_our_own_ports_are_refused_even_in_a_listed_range(address: str) -> None:
    gate = Gate(["127.0.0.0/8"], own_ports={8700})

    gate.judge("http://x.org/", ip_address(address), 8701)
    with pytest.raises(NotAllowed, match=r"this server itself \(port 8700\)"):
        gate.judge("http://x.org/", ip_address(address), 8700)


def test_the_same_port_of_another_machine_is_not_ours() -> None:
    Gate(own_ports={8700}).judge("http://x.org:8700/", ip_address("8.8.8.8"), 8700)


def test_a_range_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r"'10.0.0.0/99' is not an address range"):
        Gate(["10.0.0.0/99"])
