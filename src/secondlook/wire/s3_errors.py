"""Errors that S3 alone has, in its words and with its members."""

from __future__ import annotations

from collections.abc import Mapping

from secondlook.wire.errors import AwsError


def invalid_argument(message: str, name: str = "", value: str | int | None = None) -> AwsError:
    """A parameter, header or field, by its name and with what it says, that cannot be so."""
    members = {"ArgumentName": name or None, "ArgumentValue": value}
    return AwsError("InvalidArgument", message, 400, _said(members))


def invalid_request(message: str, detail: str = "") -> AwsError:
    """A request whose parts do not fit together. The detail says what AWS's words leave open."""
    return AwsError("InvalidRequest", message, 400, _said({"Detail": detail or None}))


def malformed_xml(right: str) -> AwsError:
    """A document that can be read and is not what the operation takes; `right` says what would be."""
    return AwsError(
        "MalformedXML",
        f"The XML you provided was not well-formed or did not validate against our published schema: {right}.",
        400,
    )


def missing_body() -> AwsError:
    """A request without the document that its operation takes."""
    return AwsError("MissingRequestBodyError", "Request Body is empty", 400)


def entity_too_large(size: int, most: int) -> AwsError:
    """An object of more bytes than it may have."""
    return AwsError(
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size",
        400,
        {"ProposedSize": size, "MaxSizeAllowed": most},
    )


def not_implemented(message: str, members: Mapping[str, str] | None = None) -> AwsError:
    """Something that S3 does and this server does not."""
    return AwsError("NotImplemented", message, 501, members)


def _said(members: dict[str, str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in members.items() if value is not None}
