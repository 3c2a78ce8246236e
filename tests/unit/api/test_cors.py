"""Which rule of a bucket lets a page of another origin in."""

from __future__ import annotations

from typing import Any

import pytest

from secondlook.api.cors import allowed, rule_for


def rule(**members: Any) -> dict[str, Any]:
    return {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], **members}


@pytest.mark.parametrize(
    ("pattern", "origin", "fits"),
    [
        ("*", "https://a.example", True),
        ("*", "null", True),
        ("https://a.example", "https://a.example", True),
        ("https://a.example", "https://a.example.evil", False),
        ("https://a.example", "http://a.example", False),
        ("https://*.example", "https://a.b.example", True),
        ("https://*.example", "https://example", False),
        ("*suffix", "foo.suffix", True),
        ("*suffix", "foo.suffix.get", False),
        ("start*end", "startend", True),
        ("start*end", "start12end", True),
        ("start*end", "0start12end", False),
        ("prefix*", "prefix.suffix", True),
        ("prefix*", "bla.prefix", False),
        ("aba*bab", "abab", False),
    ],
)
def test_origins_fit_patterns_with_one_wildcard(pattern: str, origin: str, *, fits: bool) -> None:
    rules = [rule(AllowedOrigins=["https://other.example", pattern])]

    assert (rule_for(rules, origin, "GET") is not None) == fits


def test_a_rule_needs_method_origin_and_every_header() -> None:
    rules = [rule(AllowedMethods=["PUT"], AllowedHeaders=["X-Amz-*", "content-type"])]

    assert rule_for(rules, "o", "GET") is None
    assert rule_for(rules, "o", "PUT") is rules[0]
    assert rule_for(rules, "o", "PUT", ["x-amz-date", "content-type"]) is rules[0]
    assert rule_for(rules, "o", "PUT", ["x-amz-date", "authorization"]) is None


def test_the_first_rule_that_fits_decides() -> None:
    rules = [
        rule(AllowedOrigins=["https://a.example"], ExposeHeaders=["ETag"]),
        rule(AllowedMethods=["GET", "PUT"]),
    ]

    assert allowed(rules[0], "https://a.example") == [
        ("Access-Control-Allow-Origin", "https://a.example"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", "GET"),
        ("Access-Control-Expose-Headers", "ETag"),
    ]
    assert rule_for(rules, "https://b.example", "GET") is rules[1]
    assert allowed(rules[1], "https://b.example")[0] == ("Access-Control-Allow-Origin", "*")
