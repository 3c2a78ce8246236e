"""Parts of a bucket's configuration, checked as S3 checks them: what is put in, what is kept out. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from secondlook.wire.errors import AwsError

MOST_TAGS = 50
LONGEST_KEY, LONGEST_VALUE = 128, 256
MOST_RULES = 100
METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")
OWNERSHIPS = ("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")
KMS = ("aws:kms", "aws:kms:dsse")
ALGORITHMS = ("AES256", *KMS)

CANNED = ("private", "bucket-owner-full-control", "bucket-owner-read")
"""Canned access control lists that say no more than what is so."""

_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")

TAGS, CORS, ENCRYPTION = "Tagging", "CORSConfiguration", "ServerSideEncryptionConfiguration"
OWNERSHIP, PUBLIC_ACCESS = "OwnershipControls", "PublicAccessBlockConfiguration"
"""Under these names buckets keep them."""

NEW_OWNERSHIP: Mapping[str, Any] = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
_BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
NEW_PUBLIC_ACCESS: Mapping[str, bool] = dict.fromkeys(_BLOCKS, True)
"""What S3 says of a bucket that has just been made, since April 2023."""


def malformed(right: str) -> AwsError:
    return AwsError(
        "MalformedXML",
        f"The XML you provided was not well-formed or did not validate against our published schema: {right}.",
        400,
    )


def bucket_tags(given: Mapping[str, Any]) -> dict[str, Any]:
    """A TagSet of up to 50."""
    tags = given.get("TagSet")
    if tags is None:
        raise malformed("a Tagging has a TagSet")
    check_tags(tags)
    return {"TagSet": tags}


def check_tags(tags: Sequence[Mapping[str, str]]) -> None:
    """Number, lengths and uniqueness. Source: S3 user guide, "Using cost allocation S3 bucket tags"."""
    if not all({"Key", "Value"} <= tag.keys() for tag in tags):
        raise malformed("each Tag has a Key and a Value")
    if len(tags) > MOST_TAGS:
        raise AwsError("BadRequest", f"Bucket tag count cannot be greater than {MOST_TAGS}", 400)
    for tag in tags:
        if not 1 <= len(tag["Key"]) <= LONGEST_KEY:
            raise _invalid_tag(f"The TagKey you have provided is invalid: 1 to {LONGEST_KEY} characters")
        if len(tag["Value"]) > LONGEST_VALUE:
            raise _invalid_tag(f"The TagValue you have provided is invalid: up to {LONGEST_VALUE} characters")
        if tag["Key"].lower().startswith("aws:"):
            raise _invalid_tag("System tags cannot be added/updated by requester")
    key, times = Counter(tag["Key"] for tag in tags).most_common(1)[0] if tags else ("", 0)
    if times > 1:
        raise _invalid_tag(f"Cannot provide multiple Tags with the same key: {key}")


def cors_rules(given: Mapping[str, Any]) -> dict[str, Any]:
    """1 to 100 rules, each with methods and origins; one `*` in an origin or a header."""
    rules = given.get("CORSRules") or []
    complete = all(rule.get("AllowedMethods") and rule.get("AllowedOrigins") for rule in rules)
    if not complete or not 1 <= len(rules) <= MOST_RULES:
        raise malformed(
            f"a CORS configuration has 1 to {MOST_RULES} rules, each with an AllowedMethod and an AllowedOrigin"
        )
    for rule in rules:
        for method in rule["AllowedMethods"]:
            if method not in METHODS:
                raise _invalid_request(
                    f"Found unsupported HTTP method in CORS config. Unsupported method is {method}"
                )
        for member in ("AllowedOrigins", "AllowedHeaders"):
            for pattern in rule.get(member) or ():
                if pattern.count("*") > 1:
                    raise _invalid_request(
                        f'{member.removesuffix("s")} "{pattern}" can not have more than one wildcard.'
                    )
    return {"CORSRules": rules}


def bucket_encryption(given: Mapping[str, Any]) -> dict[str, Any]:
    """One rule with an algorithm that S3 has, and a key id only where there is a KMS to name it to."""
    rules = given.get("Rules") or []
    default = rules[0].get("ApplyServerSideEncryptionByDefault") or {} if rules else {}
    algorithm = default.get("SSEAlgorithm")
    if len(rules) != 1 or algorithm not in ALGORITHMS:
        raise malformed(
            f"an encryption configuration has one Rule, whose SSEAlgorithm is one of {', '.join(ALGORITHMS)}"
        )
    if default.get("KMSMasterKeyID") and algorithm not in KMS:
        raise AwsError(
            "InvalidArgument",
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
            400,
            {"ArgumentName": "ApplyServerSideEncryptionByDefault"},
        )
    return {"Rules": [{"BucketKeyEnabled": False, **rules[0]}]}


def ownership(given: Mapping[str, Any]) -> dict[str, Any]:
    """One rule."""
    rules = given.get("Rules") or []
    if len(rules) != 1 or rules[0].get("ObjectOwnership") not in OWNERSHIPS:
        raise malformed(
            f"ownership controls have one Rule, with an ObjectOwnership of {', '.join(OWNERSHIPS)}"
        )
    return {"Rules": rules}


def public_access(given: Mapping[str, Any]) -> dict[str, Any]:
    """Four answers, no unless said."""
    if not given:
        raise malformed(f"it says at least one of {', '.join(_BLOCKS)}")
    return {name: bool(given.get(name)) for name in _BLOCKS}


def refuse_lists(params: Mapping[str, Any]) -> None:
    """Refuse a canned list or a grant that would let anybody else in."""
    if params.get("ACL", "private") not in CANNED or any(params.get(name) for name in _GRANTS):
        raise lists_not_supported()


def lists_not_supported() -> AwsError:
    return AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)


def _invalid_tag(message: str) -> AwsError:
    return AwsError("InvalidTag", message, 400)


def _invalid_request(message: str) -> AwsError:
    return AwsError("InvalidRequest", message, 400)
