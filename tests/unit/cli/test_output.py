"""Tables, names with values, times and errors, with and without a"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pytest

from secondlook.cli.errors import CommandError, explain, explained
from secondlook.cli.output import details
from secondlook.cli.tables import table
from secondlook.cli.times import ago, clock


@pytest.fixture
def narrow(monkeypatch):
    """A terminal of forty columns."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")


def plain(text: str) -> list[str]:
    return click.unstyle(text).splitlines()


def test_columns_are_aligned_and_numbers_stand_to_the_right():
    expected = ["NAME    COUNT  OPEN", "apples     10  yes", "figs        2  no"]

    assert expected == plain(table(["NAME", "COUNT", "OPEN"], [("apples", 10, True), ("figs", 2, False)]))


HOSTILE = "a\x1b[2Jb\x9bc\u202ed\ud800"


def test_what_strangers_say_steers_no_terminal():
    expected = "a\ufffd[2Jb\ufffdc\ufffdd\ufffd"

    assert ["A", expected] == plain(table(["A"], [(HOSTILE,)]))
    assert [f"A  {expected}"] == plain(details([("A", HOSTILE)]))


def test_a_row_of_a_table_is_one_line():
    assert ["A", "one two"] == plain(table(["A"], [("one\n\ttwo",)]))


def test_without_a_terminal_nothing_is_cut():
    long = "x" * 300

    assert ["A", long] == plain(table(["A"], [(long,)]))


def test_on_a_terminal_the_widest_column_gives_way(narrow):
    lines = plain(table(["SHORT", "LONG"], [("abc", "y" * 100)]))

    assert [40, "…"] == [len(lines[1]), lines[1][-1]]


def test_markup_of_strangers_is_text():
    assert ["A", "[red]x[/red] :smile:"] == plain(table(["A"], [("[red]x[/red] :smile:",)]))


def test_nothing_is_left_at_the_end_of_a_line():
    assert ["A     B", "long  x", "s"] == plain(table(["A", "B"], [("long", "x"), ("s", "")]))


def test_the_states_of_aws_have_colours_on_a_terminal_only(monkeypatch):
    rows = [("Completed",), ("Failed",), ("elsewhere",)]
    assert "\x1b" not in table(["STATE"], rows)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    _, completed, failed, elsewhere = table(["STATE"], rows).splitlines()
    assert ("\x1b[32mCompleted", "\x1b[31mFailed") == (completed[:14], failed[:11])
    assert "\x1b" not in elsewhere


def test_wide_characters_take_two_places():
    assert ["A     B", "日本  x", "ab    y"] == plain(table(["A", "B"], [("日本", "x"), ("ab", "y")]))


def test_values_wrap_beside_their_name_and_leave_out_what_is_missing(narrow):
    text = details([("Name", "a " * 30), ("Empty", ""), ("None", None), ("Yes", True)])

    lines = plain(text)
    assert lines[0].startswith("Name  a a")
    assert lines[1].startswith("      a")
    assert lines[-1] == "Yes   yes"
    assert not any("Empty" in line or "None" in line for line in lines)


def test_a_word_is_never_broken(narrow):
    arn = "arn:aws:sagemaker:us-east-1:865070037744:model-package/a-very-long-name"

    assert f"ARN  {arn}" in plain(details([("ARN", arn)]))


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.44, "0.4 s"), (12.3, "12 s"), (187, "3:07"), (93_787, "26:03:07")]
)
def test_a_clock_reads_as_people_say_it(seconds, expected):
    assert expected == clock(seconds)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.2, "just now"), (42, "42 s ago"), (300, "5 min ago"), (7300, "2 h ago"), (172800, "2 days ago")],
)
def test_ago(seconds, expected):
    now = datetime(2026, 11, 23, tzinfo=UTC)

    assert expected == ago(now - timedelta(seconds=seconds), now)


def test_an_error_is_put_into_the_words_of_its_nearest_kind():
    class Base(Exception):
        pass

    class Child(Base):
        pass

    explain(Base, lambda error: f"base: {error}")

    assert ("base: x", None) == (explained(Child("x")), explained(LookupError("x")))


def test_a_missing_model_library_says_what_to_install():
    words = explained(ModuleNotFoundError("No module named 'PIL'", name="PIL"))

    assert words == "This needs PIL, which is not installed: pip install 'secondlook[models]'"
    assert None is explained(ModuleNotFoundError("x", name="somewhere"))


def test_an_error_ends_with_exit_code_one():
    assert 1 == CommandError("x").exit_code
