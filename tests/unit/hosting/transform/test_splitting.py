"""From the bytes of an object to requests: no record is lost, cut or out of order, whatever the pieces it comes in."""

from __future__ import annotations

import gzip
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.hosting.transform.splitting import Unusable, batches, lines, unpacked, whole

RECORD = st.binary(min_size=1, max_size=40).map(lambda text: text.replace(b"\n", b"x").replace(b"\r", b"y"))
RECORDS = st.lists(RECORD.filter(bytes.strip), max_size=30)


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


@given(RECORDS, st.sampled_from([b"\n", b"\r\n", b"\n\n"]), st.integers(1, 50), st.booleans())
def test_lines_are_the_records_however_they_arrive(records, end, size, is_ended):
    body = end.join(records) + (end if is_ended else b"")

    assert records == list(lines(cut(body, size), 40))


@given(RECORDS, st.integers(40, 120), st.booleans())
def test_batches_hold_all_records_in_order_and_none_is_too_large(records, most, several):
    made = list(batches(records, bytes.upper, most, several=several))

    assert records == list(itertools.chain.from_iterable(batch.records for batch in made))
    for batch in made:
        assert b"\n".join(record.upper() for record in batch.records) == batch.payload
        assert len(batch.payload) <= most
    if several:
        for before, after in itertools.pairwise(made):
            assert len(before.payload) + 1 + len(after.records[0]) > most
    else:
        assert all(len(batch.records) == 1 for batch in made)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4), st.integers(1, 60))
def test_gzip_is_unpacked_also_of_several_members(members, size):
    packed = b"".join(map(gzip.compress, members))

    assert b"".join(members) == b"".join(unpacked(cut(packed, size)))


def test_a_small_archive_of_much_is_unpacked_in_small_pieces():
    pieces = unpacked([gzip.compress(b"x" * 50_000_000)])

    sizes = [len(piece) for piece in pieces]
    assert 50_000_000 == sum(sizes)
    assert max(sizes) <= 1 << 18


@pytest.mark.parametrize(
    ("chunks", "reason"),
    [
        ([b"no archive"], "no gzip file"),
        ([gzip.compress(b"x" * 1000)[:-4]], "ends in the middle"),
    ],
)
def test_what_is_no_archive_is_said(chunks, reason):
    with pytest.raises(Unusable, match=reason):
        list(unpacked(chunks))


def test_what_is_too_large_is_said():
    with pytest.raises(Unusable, match="5 bytes of MaxPayloadInMB"):
        list(whole([b"abc", b"def"], 5))
    with pytest.raises(Unusable, match="MaxPayloadInMB allows 5"):
        list(lines([b"ab\n", b"cdefgh\n"], 5))
    with pytest.raises(Unusable, match="MaxPayloadInMB allows 5"):
        list(lines(itertools.repeat(b"endless"), 5))
    with pytest.raises(Unusable, match="MaxPayloadInMB allows 5"):
        list(batches([b"ab"], lambda _: b"longer", 5, several=True))
    assert [b"abcde"] == list(lines([b"abcde\r", b"\n"], 5))
