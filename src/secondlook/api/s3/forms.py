"""Upload forms (POST Object): a browser's form, signed beforehand, as the PutObject that it stands for.

The service model knows no such operation. So the fields before the file become the headers of a PutObject, whose body is the
file and whose proof is the policy; after that nobody needs to know that it was a form, until it is answered.
Source: S3 API reference, "POST Object", "Authenticating requests in browser-based uploads using POST", and the same of SigV2.
"""

from __future__ import annotations

import string
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from secondlook.wire import errors, post_policy, specs, upload_form
from secondlook.wire.claim import Claim, claim_in_form, is_signed, missing_field
from secondlook.wire.errors import AwsError
from secondlook.wire.http import UPLOAD_FORM, Headers, Request, Response, is_field_name, is_field_value
from secondlook.wire.parse import parse
from secondlook.wire.route import dialect
from secondlook.wire.s3_errors import invalid_argument
from secondlook.wire.serialize import xmlbody
from secondlook.wire.sigv4 import verify_form

_NAMES = frozenset(
    {
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-type",
        "expires",
        "x-amz-storage-class",
        "x-amz-website-redirect-location",
    }
)
_PREFIXES = (
    "x-amz-meta-",
    "x-amz-checksum-",
    "x-amz-server-side-encryption",
    "x-amz-object-lock-",
    "x-amz-grant-",
)
"""Fields that describe the object, as headers of their names do. No other becomes a header, so none makes another request of it."""

_OF_REQUEST = ("host", "origin")
"""What the form's own headers say of who asks, and goes on saying it."""

_FILENAME = "${filename}"
_NO_LABELS = {"Bucket": "", "Key": ""}


@dataclass(frozen=True, slots=True)
class Form:
    """An upload form, read as far as its file. `request` is the PutObject that it stands for, `claim` who says they signed it."""

    fields: Mapping[str, str]
    bucket: str
    request: Request
    claim: Claim
    policy: post_policy.Policy
    body: AsyncIterator[bytes]

    def verify(self, secret: str, now: datetime) -> None:
        """Raise AwsError unless the policy was signed with `secret`, and the form keeps to it."""
        verify_form(self.fields["policy"], self.claim, secret)
        self.policy.check({**self.fields, "bucket": self.bucket}, now)

    async def file(self) -> AsyncIterator[bytes]:
        """The bytes of the file; raises AwsError once they are more, or in the end fewer, than the policy allows."""
        size = 0
        async for piece in self.body:
            size += len(piece)
            self.policy.check_size(size, is_whole=False)
            yield piece
        self.policy.check_size(size, is_whole=True)

    def answered(self, answer: Response, base_url: str) -> Response:
        """The answer to the PutObject as one to the form: nothing, a document that names the object, or the way to a page."""
        key = self.fields["key"]
        named = {"Bucket": self.bucket, "Key": key, "ETag": dict(answer.headers).get("ETag", "")}
        headers = [*answer.headers]
        if page := _page(self.fields):
            return Response(303, [*headers, ("Location", _with_members(page, named))])
        location = f"{base_url}/{self.bucket}/{quote(key)}"
        headers.append(("Location", location))
        if self.fields.get("success_action_status") == "201":
            return Response(
                201,
                [*headers, ("Content-Type", "application/xml")],
                _document({"Location": location, **named}),
            )
        return Response(200 if self.fields.get("success_action_status") == "200" else 204, headers)


def _page(fields: Mapping[str, str]) -> SplitResult | None:
    """Where the browser is sent in the end; None where the form names no page, or nothing that could be one.

    A header is ASCII, so what is not is percent-encoded (RFC 3987, section 3.1).
    """
    page = fields.get("success_action_redirect") or fields.get("redirect", "")
    try:
        parts = urlsplit(quote(page, safe=string.punctuation))
    except ValueError:
        return None
    is_plain = page.isprintable() and " " not in page
    return parts if is_plain and parts.scheme in {"http", "https"} and parts.netloc else None


def _with_members(page: SplitResult, named: Mapping[str, str]) -> str:
    """The page's address with what was stored in its query."""
    members = urlencode({name.lower(): value for name, value in named.items()}, quote_via=quote, safe="/")
    return page._replace(query=f"{page.query}&{members}" if page.query else members).geturl()


def _document(named: Mapping[str, str]) -> bytes:
    inner = "".join(xmlbody.element(name, xmlbody.escape(value)) for name, value in named.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xmlbody.element("PostResponse", inner)}'.encode()


def is_form(request: Request) -> bool:
    """Whether a request is an upload form: nobody signed its headers, and nothing in it is of another service."""
    is_upload = request.method == "POST" and request.media_type == UPLOAD_FORM
    return is_upload and not is_signed(request) and dialect(request) == "rest-xml"


async def read(request: Request, body: AsyncIterator[bytes]) -> Form:
    """An upload form of a browser, or of `generate_presigned_post`: puts one object, as the policy says that is signed for it."""
    bucket, _, rest = request.resource.removeprefix("/").partition("/")
    if not bucket or rest:
        raise AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405)
    uploaded = await upload_form.read(request.headers.get("content-type"), body)
    fields = {name: _filled(value, uploaded.filename) for name, value in uploaded.fields.items()}
    if "policy" not in fields:
        raise errors.access_denied()
    claim = claim_in_form(fields)
    policy = post_policy.read(fields["policy"])
    if not fields.get("key"):
        raise missing_field("key")
    path = f"{'' if request.bucket else '/' + bucket}/{quote(fields['key'])}"
    put = replace(request, method="PUT", path=path, query="", headers=Headers(_headers(request, fields)))
    return Form(fields, bucket, put, claim, policy, uploaded.file)


def _filled(value: str, filename: str) -> str:
    """A field with the name of the user's file in it, without the directories that some browsers tell."""
    return value.replace(_FILENAME, filename.replace("\\", "/").rpartition("/")[2])


def _headers(request: Request, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """The object's description as headers, beside what the request itself says of who asks."""
    headers = [(name, request.headers.get(name)) for name in _OF_REQUEST if name in request.headers]
    # No field tells how long the file is.
    headers.append(("transfer-encoding", "chunked"))
    for name, value in fields.items():
        if name in _NAMES or name.startswith(_PREFIXES):
            headers.append((_header_name(name), _header_value(name, value)))
    if acl := fields.get("acl"):
        headers.append(("x-amz-acl", _header_value("acl", acl)))
    if tags := fields.get("tagging"):
        headers.append(("x-amz-tagging", _tagging(tags)))
    return headers


def _header_name(name: str) -> str:
    if not is_field_name(name):
        raise invalid_argument(
            f"The field {name!r} cannot be a header of its object: names of headers are letters, digits and "
            "!#$%&'*+-.^_`|~ of ASCII.",
            name,
        )
    return name


def _header_value(name: str, value: str) -> str:
    """A field as a header carries it: bytes of UTF-8, none of which could end the header."""
    if "\t" in value or not is_field_value(value):
        raise invalid_argument(f"The field {name!r} has a line break or another control character.", name)
    return value.encode().decode("latin-1")


def _tagging(document: str) -> str:
    """The tags of a form (the document of PutObjectTagging) as PutObject takes them."""
    operation = specs.load("s3").operation("PutObjectTagging")
    read = parse(operation, "rest-xml", Request("PUT", "/", body=document.encode()), _NO_LABELS)
    tags = (read.get("Tagging") or {}).get("TagSet") or []
    return urlencode([(tag.get("Key", ""), tag.get("Value", "")) for tag in tags])
