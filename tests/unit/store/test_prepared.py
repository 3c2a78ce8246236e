"""Statements that are built once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, insert, select

from secondlook.store.prepared import prepared
from secondlook.store.session import Store
from secondlook.store.tables import tag


def test_a_statement_is_built_once_and_bound_each_time(store: Store) -> None:
    built = []

    @prepared
    def value_of(arn: Any, key: Any) -> Select[Any]:
        built.append(1)
        return select(tag.c.value).where(tag.c.arn == arn, tag.c.key == key)

    with store.write() as cx:
        cx.execute(insert(tag), [{"arn": "a", "key": key, "value": key.upper()} for key in "xy"])

        assert ["X", "Y", None] == [cx.scalar(*value_of("a", key)) for key in "xyz"]
    assert [1] == built
