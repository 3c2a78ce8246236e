"""CORS rules of buckets: kept and echoed, because set-up scripts for A2I must write them [quotas.md, CORS].

They decide nothing: whoever has a signed link may read the object from any page, as task pages with their opaque
origin must.
"""

from __future__ import annotations

from typing import Any

from secondlook.api.call import Call
from secondlook.api.s3 import checksums, target
from secondlook.wire.errors import AwsError

METHODS = ("GET", "PUT", "HEAD", "POST", "DELETE")
MOST_RULES = 100


def put_bucket_cors(call: Call) -> dict[str, Any]:
    bucket = target.bucket(call)
    checksums.check_document(call.request)
    rules = call.params["CORSConfiguration"].get("CORSRules") or []
    complete = all(rule.get("AllowedMethods") and rule.get("AllowedOrigins") for rule in rules)
    if not complete or not 1 <= len(rules) <= MOST_RULES:
        raise AwsError(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema: a CORS "
            f"configuration has 1 to {MOST_RULES} rules, each with an AllowedMethod and an AllowedOrigin.",
            400,
        )
    for method in (method for rule in rules for method in rule["AllowedMethods"]):
        if method not in METHODS:
            raise AwsError(
                "InvalidRequest",
                f"Found unsupported HTTP method in CORS config. Unsupported method is {method}",
                400,
            )
    call.house.objects.buckets.set_cors(bucket, rules)
    return {}


def get_bucket_cors(call: Call) -> dict[str, Any]:
    bucket = target.bucket(call)
    rules = call.house.objects.buckets.head(bucket).cors
    if rules is None:
        raise AwsError(
            "NoSuchCORSConfiguration",
            "The CORS configuration does not exist",
            404,
            {"BucketName": bucket},
        )
    return {"CORSRules": rules}


def delete_bucket_cors(call: Call) -> dict[str, Any]:
    call.house.objects.buckets.set_cors(target.bucket(call), None)
    return {}
