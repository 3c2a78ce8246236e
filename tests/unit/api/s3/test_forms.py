"""An upload form becomes the PutObject that it stands for."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest

from secondlook.api.s3 import forms
from secondlook.wire.errors import AwsError
from secondlook.wire.http import Headers, Request
from secondlook.wire.route import route

POLICY = base64.b64encode(
    json.dumps({"expiration": "2030-01-01T00:00:00Z", "conditions": []}).encode()
).decode()
PROOF = {"AWSAccessKeyId": "AKID", "signature": "c2lnbmVk", "policy": POLICY}


def read(step=1 << 16, **fields):
    """The form with these fields, its bytes arriving `step` at a time."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    sent = "".join(
        [
            *parts,
            '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nbody\r\n--b--\r\n',
        ]
    ).encode()

    async def body():
        for at in range(0, len(sent), step):
            yield sent[at : at + step]

    async def whole():
        headers = Headers([("Host", "localhost"), ("Content-Type", "multipart/form-data; boundary=b")])
        form = await forms.read(Request("POST", "/bucket/", headers=headers, body=None), body())
        return form, b"".join([piece async for piece in form.file()])

    return asyncio.run(whole())


def test_it_is_routed_to_put_object_with_its_key():
    form, _ = read(**PROOF, key="a b/${filename}")

    _, operation, _, labels = route(form.request)
    assert (operation.name, labels) == ("PutObject", {"Bucket": "bucket", "Key": "a b/a.txt"})


def test_it_does_not_matter_how_the_bytes_arrive():
    forms_read = {step: read(step, **PROOF, key="a") for step in (1, 2, 7, 1000)}

    assert {content for _, content in forms_read.values()} == {b"body"}
    assert all(form.fields == forms_read[1][0].fields for form, _ in forms_read.values())


def test_tags_and_acl_become_headers():
    tags = "<Tagging><TagSet><Tag><Key>a b</Key><Value>1&amp;2</Value></Tag><Tag><Key>c</Key><Value/></Tag></TagSet></Tagging>"

    headers = read(**PROOF, key="a", acl="private", tagging=tags)[0].request.headers

    assert (headers.get("x-amz-tagging"), headers.get("x-amz-acl")) == ("a+b=1%262&c=", "private")


def test_tags_that_cannot_be_read_are_refused():
    with pytest.raises(AwsError, match="SerializationException"):
        read(**PROOF, key="a", tagging="<Tagging>")
