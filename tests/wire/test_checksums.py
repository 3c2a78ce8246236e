"""Checksums of objects: the right values, whole and joined, and errors that name what is wrong."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import pytest
from botocore.httpchecksum import Crc32Checksum
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire.checksums import HEADERS, Integrity, checksum, composite, joined, text
from secondlook.wire.errors import AwsError

# The check values of the CRC catalogue, and of FIPS 180-4 and RFC 1321, for the text 123456789.
CHECKS = {
    "CRC32": "cbf43926",
    "CRC32C": "e3069283",
    "CRC64NVME": "ae8b14860a799888",
    "SHA1": "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256": "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    "SHA512": "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
    "MD5": "25f9e794323b453885f5181f1b624d0b",
}
every_algorithm = pytest.mark.parametrize("algorithm", CHECKS)
parts = st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=5)


def _sum(algorithm: str, data: bytes) -> bytes:
    digest = checksum(algorithm)
    digest.update(data)
    return digest.digest()


@every_algorithm
def test_the_catalogue_has_the_same_value(algorithm: str) -> None:
    assert _sum(algorithm, b"123456789").hex() == CHECKS[algorithm]


@every_algorithm
@given(pieces=parts)
def test_pieces_give_what_the_whole_gives(algorithm: str, pieces: list[bytes]) -> None:
    digest = checksum(algorithm)
    for piece in pieces:
        digest.update(piece)

    assert digest.digest() == _sum(algorithm, b"".join(pieces))


@pytest.mark.parametrize("algorithm", ["CRC32", "CRC32C", "CRC64NVME"])
@given(pieces=parts)
def test_the_sums_of_parts_join_to_the_sum_of_the_object(algorithm: str, pieces: list[bytes]) -> None:
    digest = joined(algorithm, [(_sum(algorithm, piece), len(piece)) for piece in pieces])

    assert digest == _sum(algorithm, b"".join(pieces))


def test_a_composite_names_the_number_of_parts() -> None:
    first, second = _sum("SHA256", b"one"), _sum("SHA256", b"two")

    assert composite("SHA256", [first, second]) == f"{text(hashlib.sha256(first + second).digest())}-2"


@given(data=st.binary(max_size=100))
def test_botocore_computes_the_same(data: bytes) -> None:
    assert text(_sum("CRC32", data)) == Crc32Checksum().handle(data)


@every_algorithm
def test_a_body_that_agrees_is_accepted_and_its_sum_told(algorithm: str) -> None:
    expected = text(_sum(algorithm, b"body"))
    integrity = Integrity({algorithm: expected})
    integrity.update(b"bo")
    integrity.update(b"dy")

    assert integrity.check() == {algorithm: expected}


@every_algorithm
def test_a_body_that_differs_is_a_bad_digest(algorithm: str) -> None:
    integrity = Integrity({algorithm: text(_sum(algorithm, b"body"))})
    integrity.update(b"another")

    with pytest.raises(AwsError, match="BadDigest"):
        integrity.check()


def test_a_sum_in_the_trailer_is_checked_too() -> None:
    integrity = Integrity({}, ["CRC32"])
    integrity.update(b"body")
    integrity.check({"x-amz-checksum-crc32": text(_sum("CRC32", b"body")), "x-other": "ignored"})

    with pytest.raises(AwsError, match="BadDigest"):
        integrity.check({"x-amz-checksum-crc32": "AAAAAA=="})


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("value", ["", "x", "AAAA", "AAAAAA==AAAAAA==", "é", "AAAAAB=="])
def test_a_value_that_cannot_be_the_sum_is_invalid(header: str, value: str) -> None:
    with pytest.raises(AwsError, match=f"InvalidRequest: Value for {header} header is invalid"):
        Integrity({HEADERS[header]: value})


def test_a_value_that_cannot_be_the_sum_is_invalid_in_the_trailer_too() -> None:
    with pytest.raises(AwsError, match="Value for x-amz-checksum-crc32 trailing header is invalid"):
        Integrity({}, ["CRC32"]).check({"x-amz-checksum-crc32": "none"})


def test_a_content_md5_that_cannot_be_one_is_invalid() -> None:
    value = base64.b64encode(b"short").decode()

    with pytest.raises(AwsError, match="InvalidDigest") as caught:
        Integrity({"MD5": value})

    assert caught.value.members == {"Content-MD5": value}


@pytest.mark.parametrize(("show", "shown"), [(bytes.hex, "00" * 16), (text, "AAAAAAAAAAAAAAAAAAAAAA==")])
def test_a_content_md5_that_differs_is_told_with_the_right_one(
    show: Callable[[bytes], str], shown: str
) -> None:
    integrity = Integrity({"MD5": text(bytes(16))}, show_md5=show)
    integrity.update(b"body")

    with pytest.raises(AwsError, match="BadDigest") as caught:
        integrity.check()

    assert caught.value.members == {"ExpectedDigest": shown, "CalculatedDigest": text(_sum("MD5", b"body"))}
