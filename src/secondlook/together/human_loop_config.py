"""HumanLoopConfig as callers of a model give it: which flow definition judges the prediction, and how its loop is called. Pure.

Rekognition and Textract have it as a member [activation-conditions.md]; InvokeEndpoint takes it in CustomAttributes, which is
an extension of ours (docs/behaviour.md).
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.review.errors import Invalid

MEMBER = "HumanLoopConfig"

_LOOP_NAME = re.compile(r"[a-z0-9](-*[a-z0-9])*")
_LONGEST_NAME = 63
_LONGEST_GROUP = 256
_UNKEPT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates. Keys of objects may have other characters that take no ink: wide spaces, emoji's joiners."""

_CLASSIFIERS = ("FreeOfPersonallyIdentifiableInformation", "FreeOfAdultContent")


@dataclass(frozen=True, slots=True)
class HumanLoopConfig:
    """`loop_name` is None where it follows from the input. `input_uri` is where the input lies; None: it is stored if a loop starts.

    `group` names what belongs together, such as the pages of a scan: one coin is thrown for all of it.
    """

    flow_arn: str
    loop_name: str | None = None
    classifiers: list[str] | None = None
    input_uri: str | None = None
    group: str | None = None

    @classmethod
    def in_attributes(cls, attributes: str | None) -> Self | None:
        """From InvokeEndpoint's CustomAttributes; None where they are somebody else's: no JSON object with this member.

        Raises Invalid naming the member that is wrong.
        """
        if not attributes or MEMBER not in attributes:
            return None
        try:
            document = json.loads(attributes)
        except (ValueError, RecursionError) as error:
            if not attributes.lstrip().startswith("{"):
                return None
            raise Invalid(
                f"CustomAttributes name {MEMBER} and are no JSON: {error}. They read "
                f'{{"{MEMBER}": {{"FlowDefinitionArn": "…"}}}}.'
            ) from None
        if not isinstance(document, dict) or MEMBER not in document:
            return None
        return cls.of(document[MEMBER])

    @classmethod
    def of(cls, value: Any) -> Self:
        """From the member's value as JSON."""
        config = _object(value, MEMBER)
        members = ("FlowDefinitionArn", "HumanLoopName", "DataAttributes", "InputUri", "Group")
        _check_known(config, members, MEMBER)
        arn = _text(config, "FlowDefinitionArn")
        if arn is None:
            raise Invalid(
                f"{MEMBER} needs FlowDefinitionArn: the flow definition whose conditions judge the prediction."
            )
        attributes = _object(config.get("DataAttributes", {}), f"{MEMBER}.DataAttributes")
        _check_known(attributes, ("ContentClassifiers",), f"{MEMBER}.DataAttributes")
        return cls(
            arn,
            _loop_name(_text(config, "HumanLoopName")),
            _classifiers(attributes.get("ContentClassifiers")),
            _uri(_text(config, "InputUri")),
            _group(_text(config, "Group")),
        )


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Invalid(f"{where} is a JSON object, not {json.dumps(value)[:60]}.")
    return value


def _check_known(given: Mapping[str, Any], members: tuple[str, ...], where: str) -> None:
    for name in given:
        if name not in members:
            near = difflib.get_close_matches(name, members, 1)
            meant = f"; did you mean {near[0]}?" if near else f": it has {', '.join(members)}."
            raise Invalid(f"{where} has no member {name[:60]!r}{meant}")


def _text(config: Mapping[str, Any], member: str) -> str | None:
    value = config.get(member)
    if value is None:
        return None
    if isinstance(value, str):
        if _UNKEPT.search(value):
            raise Invalid(f"{MEMBER}.{member} has characters that cannot be shown: {json.dumps(value)[:60]}.")
        return value
    raise Invalid(f"{MEMBER}.{member} is a string, not {json.dumps(value)[:60]}.")


def _loop_name(name: str | None) -> str | None:
    if name is not None and (len(name) > _LONGEST_NAME or not _LOOP_NAME.fullmatch(name)):
        raise Invalid(
            f"{MEMBER}.HumanLoopName {name[:80]!r} cannot be: it has 1 to {_LONGEST_NAME} lower-case letters, digits and, "
            "between them, hyphens. Leave it out, and it follows from the input."
        )
    return name


def _classifiers(value: Any) -> list[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(each in _CLASSIFIERS for each in value):
        raise Invalid(
            f"{MEMBER}.DataAttributes.ContentClassifiers is a list of {' and '.join(_CLASSIFIERS)}, not "
            f"{json.dumps(value)[:80]}."
        )
    return value


def _uri(uri: str | None) -> str | None:
    if uri is not None and not re.fullmatch(r"s3://[^/]+/.+", uri, re.DOTALL):
        raise Invalid(f"{MEMBER}.InputUri {uri[:80]!r} must look like s3://BUCKET/KEY.")
    return uri


def _group(group: str | None) -> str | None:
    if group is not None and not 1 <= len(group) <= _LONGEST_GROUP:
        raise Invalid(f"{MEMBER}.Group has 1 to {_LONGEST_GROUP} characters, not {len(group)}.")
    return group
