"""Lifecycle rules of a bucket, checked as S3 checks them, and kept where they hold here.

Objects here stay until they are deleted, and uploads until they are completed or aborted. So those rules hold that are
Disabled, or about noncurrent versions and delete markers, of which there are none. Source: S3 API reference, LifecycleRule;
S3 user guide, "Lifecycle configuration elements".
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from secondlook.wire.s3_errors import invalid_argument, invalid_request, malformed_xml, not_implemented

MOST_RULES = 1000
LONGEST_ID = 255

_DAYS = {
    "Expiration": ("Days", 1),
    "Transitions": ("Days", 0),
    "NoncurrentVersionExpiration": ("NoncurrentDays", 1),
    "NoncurrentVersionTransitions": ("NoncurrentDays", 0),
    "AbortIncompleteMultipartUpload": ("DaysAfterInitiation", 1),
}
"""The actions, with the member that says how many days they wait, and how many are the least."""

_WHEN = {
    "Expiration": ("Days", "Date", "ExpiredObjectDeleteMarker"),
    "Transitions": ("Days", "Date"),
}
"""The members of an action of which it has exactly one."""


def as_json(document: Mapping[str, Any]) -> dict[str, Any]:
    """1 to 1000 rules, each with an action. A rule without an ID is given one, as by S3."""
    rules = document["Rules"]
    if not 1 <= len(rules) <= MOST_RULES:
        raise malformed_xml(f"a lifecycle configuration has 1 to {MOST_RULES} rules")
    _check_ids([rule["ID"] for rule in rules if "ID" in rule])
    for rule in rules:
        _check_scope(rule)
        _check_actions(rule)
    for rule in rules:
        _check_holds(rule)
    return {"Rules": [{"ID": uuid.uuid4().hex, **_with_dates(rule, datetime.isoformat)} for rule in rules]}


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The rules, as they were put."""
    return {**kept, "Rules": [_with_dates(rule, datetime.fromisoformat) for rule in kept["Rules"]]}


def _check_ids(ids: list[str]) -> None:
    for name in ids:
        if len(name) > LONGEST_ID:
            raise invalid_argument(f"ID length should not exceed allowed limit of {LONGEST_ID}", "ID", name)
    if len(set(ids)) < len(ids):
        raise invalid_argument("Rule ID must be unique. Found same ID for more than one rule", "ID")


def _check_scope(rule: Mapping[str, Any]) -> None:
    """Which objects a rule is about."""
    if ("Filter" in rule) == ("Prefix" in rule):
        raise malformed_xml("each Rule has a Filter or a Prefix, and not both")
    said = rule.get("Filter", {})
    together = said.get("And")
    if len(said) > 1 or (together is not None and _count(together) <= 1):
        raise malformed_xml("a Filter says one thing, or two and more in And")


def _count(together: Mapping[str, Any]) -> int:
    """How many things an And says: each tag is one."""
    return len(together.keys() - {"Tags"}) + len(together.get("Tags", ()))


def _check_actions(rule: Mapping[str, Any]) -> None:
    actions = list(_actions(rule))
    if not actions:
        raise invalid_request("At least one action needs to be specified in a rule.")
    for name, action in actions:
        _check_action(name.removesuffix("s"), action, _WHEN.get(name, ()), *_DAYS[name])


def _check_action(name: str, action: Mapping[str, Any], when: Sequence[str], member: str, least: int) -> None:
    if not action:
        raise malformed_xml(f"no {name} is empty")
    if when and len(action.keys() & set(when)) != 1:
        raise malformed_xml(f"each {name} has one of {', '.join(when)}")
    days = action.get(member, least)
    if days < least:
        raise invalid_argument(f"'{member}' for {name} action must be {least} or more", member, days)
    date = action.get("Date")
    if date is not None and date.time() != time.min:
        raise invalid_argument("'Date' must be at midnight GMT", "Date", date.isoformat())


def _check_holds(rule: Mapping[str, Any]) -> None:
    moves = {"Transitions", "AbortIncompleteMultipartUpload"} & rule.keys()
    expires = {"Days", "Date"} & rule.get("Expiration", {}).keys()
    if rule["Status"] == "Enabled" and (moves or expires):
        raise not_implemented(
            "LifecycleConfiguration: nothing expires or moves by itself here; taken are only rules that are Disabled or "
            f"about noncurrent versions and delete markers, unlike this one: {rule.get('ID', 'without an ID')}."
        )


def _actions(rule: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in _DAYS:
        said = rule.get(name, [])
        yield from ((name, action) for action in (said if isinstance(said, list) else [said]))


def _with_dates(said: Any, change: Callable[[Any], Any]) -> Any:
    """The same with each Date changed: JSON has none."""
    if isinstance(said, list):
        return [_with_dates(item, change) for item in said]
    if isinstance(said, dict):
        return {
            name: change(value) if name == "Date" else _with_dates(value, change)
            for name, value in said.items()
        }
    return said
