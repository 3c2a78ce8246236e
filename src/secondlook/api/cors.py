"""What pages of other origins may ask and see. Pure.

Signatures, not origins, decide who may read, and no cookie is ever read behind this door; so what no bucket has a rule for is
open to every page, and task pages, whose origin is opaque (`null`), see what they have links to. A bucket with rules is held to
them as S3 holds it. Source: S3 user guide, "Using cross-origin resource sharing"; Fetch standard, section 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secondlook.wire.errors import AwsError
from secondlook.wire.http import Request, Response

Fields = list[tuple[str, str]]

EVERYBODY = ("Access-Control-Allow-Origin", "*")

OPEN: Fields = [
    EVERYBODY,
    (
        "Access-Control-Expose-Headers",
        "*, ETag, x-amz-request-id, x-amzn-requestid, Content-Range, Accept-Ranges, Last-Modified, Content-Length",
    ),
]
"""Any page may read all of the answer."""

VARY = ("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")

Rule = Mapping[str, Any]


def rule_for(rules: Sequence[Rule], origin: str, method: str, headers: Iterable[str] = ()) -> Rule | None:
    """The first rule that lets pages of `origin` use `method` with these request headers."""
    return next(
        (
            rule
            for rule in rules
            if method in rule["AllowedMethods"]
            and _pattern_for(rule["AllowedOrigins"], origin)
            and all(_pattern_for(_lower(rule.get("AllowedHeaders") or ()), name) for name in headers)
        ),
        None,
    )


def allowed(rule: Rule, origin: str) -> Fields:
    """What tells a browser that the rule lets pages of `origin` see the answer."""
    fields = [("Access-Control-Allow-Methods", ", ".join(rule["AllowedMethods"]))]
    if rule.get("ExposeHeaders"):
        fields.append(("Access-Control-Expose-Headers", ", ".join(rule["ExposeHeaders"])))
    if _pattern_for(rule["AllowedOrigins"], origin) == "*":
        return [EVERYBODY, *fields]
    named = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
    return [*named, *fields]


def open_preflight(request: Request) -> Response:
    """Allow what is asked for, for a day."""
    names = request.headers.get("access-control-request-headers")
    return Response(
        200,
        [
            *OPEN,
            ("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE"),
            ("Access-Control-Allow-Headers", names or "*"),
            ("Access-Control-Max-Age", "86400"),
            ("Vary", "Access-Control-Request-Headers"),
        ],
    )


def preflight(rules: Sequence[Rule], request: Request) -> Response:
    """Allow what a rule of the bucket allows; AwsError where none does."""
    origin = request.headers.get("origin")
    method = request.headers.get("access-control-request-method")
    if not origin or not method:
        missing = "Origin" if not origin else "Access-Control-Request-Method"
        raise AwsError("BadRequest", f"Insufficient information. {missing} request header needed.", 400)
    names = request.headers.get("access-control-request-headers").lower().split(",")
    headers = [name.strip() for name in names if name.strip()]
    rule = rule_for(rules, origin, method, headers)
    if rule is None:
        raise AwsError(
            "AccessForbidden",
            "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request "
            "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the "
            "resource's CORS spec.",
            403,
            {"Method": method, "ResourceType": "OBJECT"},
        )
    fields = allowed(rule, origin)
    if headers:
        fields.append(("Access-Control-Allow-Headers", ", ".join(headers)))
    if "MaxAgeSeconds" in rule:
        fields.append(("Access-Control-Max-Age", str(rule["MaxAgeSeconds"])))
    return Response(200, [*fields, VARY])


def _pattern_for(patterns: Iterable[str], text: str) -> str | None:
    """The first pattern, with at most one `*`, that `text` fits."""
    return next((pattern for pattern in patterns if _fits(text, *pattern.partition("*"))), None)


def _fits(text: str, before: str, star: str, after: str) -> bool:
    if not star:
        return text == before
    return len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after)


def _lower(patterns: Iterable[str]) -> list[str]:
    return [pattern.lower() for pattern in patterns]
