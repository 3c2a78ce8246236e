"""Pages by keyset, and tokens that somebody else wrote."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from secondlook.store.paging import BadToken, page
from secondlook.store.tables import duty, model_package, task_ui

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = [task_ui.c.created_at, task_ui.c.name]


def token(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize("descending", [True, False])
def test_pages_hold_every_row_once_in_order(store, descending):
    names = ["a", "b", "c", "d", "e"]
    with store.write() as cx:
        for number, name in enumerate(names):
            at = NOW + timedelta(seconds=number // 2)  # two rows share a time
            cx.execute(insert(task_ui).values(name=name, content="", sha256="", created_at=at))
    listed, following = [], None
    with store.read() as cx:
        while True:
            rows, following = page(
                cx,
                select(task_ui.c.name, task_ui.c.created_at),
                KEYS,
                descending=descending,
                token=following,
                size=2,
            )
            listed += [row.name for row in rows]
            if following is None:
                break

    assert sorted(names, reverse=descending) == listed


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize("descending", [True, False])
def test_what_is_no_row_stands_among_the_rows_on_either_database(store, descending, size):
    names = [
        "A",
        "a",
        "a-b",
        "ab",
        "B",
        "b-",
        "z",
    ]  # databases with a language of their own sort these otherwise
    keys = [model_package.c.name, model_package.c.version]
    with store.write() as cx:
        for name in names[::2]:
            row = {
                "name": name,
                "definition": {},
                "request_sha256": "",
                "created_at": NOW,
                "modified_at": NOW,
            }
            cx.execute(insert(model_package).values(version=0, **row))
    besides = [((name, 0), name) for name in names[1::2]]
    listed, following = [], None
    with store.read() as cx:
        while True:
            items, following = page(
                cx,
                select(model_package),
                keys,
                descending=descending,
                token=following,
                size=size,
                besides=besides,
            )
            assert len(items) <= size
            listed += [item if isinstance(item, str) else item.name for item in items]
            if following is None:
                break

    assert sorted(names, reverse=descending) == listed


@pytest.mark.parametrize(
    "foreign",
    [
        "a",
        "%%%",
        "\u20ac",
        token({}),
        token([]),
        token(["a"]),
        token([1, 2]),
        token([None, None]),
        token([{}, {}]),
        token(["2026-03-02T09:00:00+00:00", 7]),
        token(["2026-03-02T09:00:00+00:00", "a\x00b"]),
        token(["2026-03-02T09:00:00+00:00", "\ud800"]),
        token(["0001-01-01T00:00:00+14:00", "a"]),
        base64.urlsafe_b64encode(b"[" * 6000).decode(),
    ],
)
def test_a_token_of_somebody_else_is_refused(store, foreign):
    with store.read() as cx, pytest.raises(BadToken):
        page(cx, select(task_ui.c.name, task_ui.c.created_at), KEYS, descending=True, token=foreign, size=2)


@pytest.mark.parametrize("number", [-1, 2**63, 10**30, 1.5, True, "1"])
def test_a_number_that_is_no_id_is_refused(store, number):
    with store.read() as cx, pytest.raises(BadToken):
        page(cx, select(duty.c.id), [duty.c.id], descending=True, token=token([number]), size=2)
