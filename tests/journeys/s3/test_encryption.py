"""What programs say of encryption: keys of KMS are kept and told again, a customer's key is asked for again."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3.s3.transfer
import pytest
from botocore.exceptions import ClientError

from tests.journeys.client_errors import code_of, refused
from tests.running import Server

from .upload_forms import Uploader, conditions

BY_KMS = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/ours", "BucketKeyEnabled": True}
AWS_KEY = "arn:aws:kms:us-east-1:123456789012:alias/aws/s3"
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
BY_KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": KEY}
BY_OTHER_KEY = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": OTHER_KEY}
FROM_KEY = {f"CopySource{member}": value for member, value in BY_KEY.items()}


def encryption(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        member: value for member, value in answer.items() if member.startswith(("SSE", "Server", "BucketKey"))
    }


@contextmanager
def header(s3: Any, name: str, value: str) -> Iterator[None]:
    """Calls of the client carry this header, whatever it would send itself."""

    def put(request: Any, **_: Any) -> None:
        del request.headers[name]
        request.headers[name] = value

    s3.meta.events.register("before-sign.s3", put)
    try:
        yield
    finally:
        s3.meta.events.unregister("before-sign.s3", put)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {}),
        ({"ServerSideEncryption": "AES256"}, {"ServerSideEncryption": "AES256"}),
        (BY_KMS, BY_KMS),
        (
            {"ServerSideEncryption": "aws:kms:dsse"},
            {"ServerSideEncryption": "aws:kms:dsse", "SSEKMSKeyId": AWS_KEY},
        ),
    ],
)
def test_what_is_said_is_told_again(
    s3: Any, bucket: str, said: dict[str, Any], expected: dict[str, Any]
) -> None:
    put = s3.put_object(Bucket=bucket, Key="one", Body=b"x", **said)
    begun = s3.create_multipart_upload(Bucket=bucket, Key="two", **said)
    named = {"Bucket": bucket, "Key": "two", "UploadId": begun["UploadId"]}
    part = s3.upload_part(**named, PartNumber=1, Body=b"y")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    completed = s3.complete_multipart_upload(**named, MultipartUpload=parts)
    copied = s3.copy_object(Bucket=bucket, Key="three", CopySource=f"{bucket}/one", **said)

    for answer in (put, begun, part, completed, copied):
        assert encryption(answer) == expected
    for key in ("one", "two", "three"):
        assert encryption(s3.head_object(Bucket=bucket, Key=key)) == expected
        assert encryption(s3.get_object(Bucket=bucket, Key=key)) == expected


def test_a_copy_is_encrypted_as_it_is_asked_not_as_its_source(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", **BY_KMS)

    s3.copy_object(Bucket=bucket, Key="two", CopySource=f"{bucket}/one")
    s3.copy_object(Bucket=bucket, Key="one", CopySource=f"{bucket}/one", ServerSideEncryption="AES256")

    assert encryption(s3.head_object(Bucket=bucket, Key="two")) == {}
    assert encryption(s3.head_object(Bucket=bucket, Key="one")) == {"ServerSideEncryption": "AES256"}


def test_a_bucket_says_it_for_writers_who_do_not(s3: Any, bucket: str) -> None:
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/ours"}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})

    put = s3.put_object(Bucket=bucket, Key="one", Body=b"x")
    begun = s3.create_multipart_upload(Bucket=bucket, Key="two")
    own = s3.put_object(Bucket=bucket, Key="three", Body=b"x", ServerSideEncryption="AES256")

    assert encryption(put) == encryption(begun) == BY_KMS
    assert encryption(s3.head_object(Bucket=bucket, Key="one")) == BY_KMS
    assert encryption(own) == {"ServerSideEncryption": "AES256"}


BUCKET_KEY = {"BucketKeyEnabled": True}
"""Of a bucket that has a key of its own for KMS."""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"ServerSideEncryption": "aws:kms"}, BUCKET_KEY),
        ({"ServerSideEncryption": "aws:kms", "BucketKeyEnabled": False}, {}),
        ({"ServerSideEncryption": "aws:kms:dsse"}, {}),
        ({"ServerSideEncryption": "aws:kms:dsse", "BucketKeyEnabled": True}, {}),
        ({"ServerSideEncryption": "AES256"}, {}),
        ({}, {}),
    ],
)
def test_the_key_of_a_bucket_is_used_where_kms_is(
    s3: Any, bucket: str, said: dict[str, Any], expected: dict[str, Any]
) -> None:
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": True}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})

    put = s3.put_object(Bucket=bucket, Key="one", Body=b"x", **said)
    begun = s3.create_multipart_upload(Bucket=bucket, Key="two", **said)
    s3.copy_object(Bucket=bucket, Key="three", CopySource=f"{bucket}/one", **said)

    for answer in (put, begun, *(s3.head_object(Bucket=bucket, Key=key) for key in ("one", "three"))):
        assert {name: value for name, value in answer.items() if name.startswith("BucketKey")} == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ServerSideEncryption": "aws:foo"}, "InvalidArgument"),
        ({"SSEKMSKeyId": "alias/ours"}, "InvalidArgument"),
        ({"ServerSideEncryption": "AES256", "SSEKMSKeyId": "alias/ours"}, "InvalidArgument"),
        ({"ServerSideEncryption": "aws:kms", "SSEKMSEncryptionContext": "no base64"}, "InvalidArgument"),
        ({"ServerSideEncryption": "aws:kms", **BY_KEY}, "InvalidArgument"),
        ({"SSECustomerAlgorithm": "AES256"}, "InvalidArgument"),
        ({"SSECustomerKey": KEY}, "InvalidArgument"),
        ({"SSECustomerKeyMD5": "DWygnHRtgiJ77HCm+1rvHw=="}, "InvalidArgument"),
        ({**BY_KEY, "SSECustomerAlgorithm": "AES128"}, "InvalidEncryptionAlgorithmError"),
        ({**BY_KEY, "SSECustomerKey": b"short"}, "InvalidArgument"),
    ],
)
def test_what_s3_would_not_take_is_refused(s3: Any, bucket: str, said: dict[str, Any], code: str) -> None:
    for call, more in (
        (s3.put_object, {"Body": b"x"}),
        (s3.create_multipart_upload, {}),
        (s3.copy_object, {"CopySource": f"{bucket}/source"}),
    ):
        s3.put_object(Bucket=bucket, Key="source", Body=b"x")
        assert code_of(call, Bucket=bucket, Key="one", **more, **said) == (code, 400)
    assert code_of(s3.head_object, Bucket=bucket, Key="one") == ("404", 404)


def test_who_reads_does_not_say_how_an_object_is_encrypted(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"x", ServerSideEncryption="AES256")

    with header(s3, "x-amz-server-side-encryption", "AES256"):
        assert code_of(s3.get_object, Bucket=bucket, Key="one") == ("InvalidArgument", 400)
        assert code_of(s3.head_object, Bucket=bucket, Key="one") == ("400", 400)


def test_the_digest_of_a_key_must_be_its_own(s3: Any, bucket: str) -> None:
    wrong = "DWygnHRtgiJ77HCm+1rvHw=="
    with header(s3, "x-amz-server-side-encryption-customer-key-MD5", wrong):
        for key in (KEY, b"as long as none"):
            by_key = {**BY_KEY, "SSECustomerKey": key}
            refused("InvalidArgument", "MD5", s3.put_object, Bucket=bucket, Key="one", Body=b"x", **by_key)


def test_an_object_with_a_customers_key_is_read_with_it_only(s3: Any, bucket: str) -> None:
    digest = base64.b64encode(hashlib.md5(KEY).digest()).decode()
    named = {"Bucket": bucket, "Key": "one"}
    put = s3.put_object(**named, Body=b"secret", **BY_KEY)

    assert encryption(put) == {"SSECustomerAlgorithm": "AES256", "SSECustomerKeyMD5": digest}
    read = s3.get_object(**named, **BY_KEY)
    assert read["Body"].read() == b"secret"
    assert encryption(read) == encryption(s3.head_object(**named, **BY_KEY)) == encryption(put)
    assert code_of(s3.get_object, **named) == ("InvalidRequest", 400)
    assert code_of(s3.head_object, **named) == ("400", 400)
    assert code_of(s3.get_object, **named, **BY_OTHER_KEY) == ("AccessDenied", 403)
    assert code_of(s3.head_object, **named, **BY_OTHER_KEY) == ("403", 403)
    s3.put_object(**named, Body=b"open")
    assert code_of(s3.get_object, **named, **BY_KEY) == ("InvalidRequest", 400)


@pytest.mark.parametrize("beyond", [{"Range": "bytes=100-"}, {"PartNumber": 2}])
def test_without_its_key_nobody_learns_how_long_an_object_is(
    s3: Any, bucket: str, beyond: dict[str, Any]
) -> None:
    named = {"Bucket": bucket, "Key": "one"}
    s3.put_object(**named, Body=b"secret", **BY_KEY)

    assert code_of(s3.get_object, **named, **beyond) == ("InvalidRequest", 400)
    assert code_of(s3.head_object, **named, **beyond) == ("400", 400)
    assert code_of(s3.get_object, **named, **beyond, **BY_KEY)[1] == 416


def test_a_copy_of_an_object_with_a_customers_key_needs_it(s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="one", Body=b"secret", **BY_KEY)
    copy = {"Bucket": bucket, "Key": "two", "CopySource": f"{bucket}/one"}
    begun = s3.create_multipart_upload(Bucket=bucket, Key="three")
    part = {**copy, "Key": "three", "UploadId": begun["UploadId"], "PartNumber": 1}

    for call, params in ((s3.copy_object, copy), (s3.upload_part_copy, part)):
        assert code_of(call, **params) == ("InvalidRequest", 400)
        wrong = {f"CopySource{member}": value for member, value in BY_OTHER_KEY.items()}
        assert code_of(call, **params, **wrong) == ("AccessDenied", 403)
        call(**params, **FROM_KEY)
    assert s3.get_object(Bucket=bucket, Key="two")["Body"].read() == b"secret"
    s3.copy_object(**copy, **FROM_KEY, **BY_OTHER_KEY)
    assert s3.get_object(Bucket=bucket, Key="two", **BY_OTHER_KEY)["Body"].read() == b"secret"


def test_each_part_comes_with_the_key_of_its_upload(s3: Any, bucket: str) -> None:
    def begin(key: str, **said: Any) -> dict[str, Any]:
        upload = s3.create_multipart_upload(Bucket=bucket, Key=key, **said)["UploadId"]
        return {"Bucket": bucket, "Key": key, "UploadId": upload, "PartNumber": 1, "Body": b"x"}

    with_key, without = begin("with", **BY_KEY), begin("without")

    for part, said in ((with_key, {}), (with_key, BY_OTHER_KEY), (without, BY_KEY)):
        assert code_of(s3.upload_part, **part, **said) == ("InvalidRequest", 400)
    part = s3.upload_part(**with_key, **BY_KEY)
    s3.upload_part(**without)
    for upload in (with_key, without):
        del upload["PartNumber"], upload["Body"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    complete = s3.complete_multipart_upload
    assert code_of(complete, **with_key, MultipartUpload=parts, **BY_OTHER_KEY) == ("InvalidRequest", 400)
    assert code_of(complete, **without, MultipartUpload=parts, **BY_KEY) == ("InvalidRequest", 400)
    complete(**with_key, MultipartUpload=parts)
    assert s3.get_object(Bucket=bucket, Key="with", **BY_KEY)["Body"].read() == b"x"
    assert code_of(s3.get_object, Bucket=bucket, Key="with") == ("InvalidRequest", 400)


def block(s3: Any, bucket: str, *kinds: str, **default: Any) -> None:
    """Say which kinds of encryption the bucket takes from no writer."""
    rule = {"BlockedEncryptionTypes": {"EncryptionType": [*kinds]}, **default}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})


def test_a_bucket_that_blocks_customers_keys_takes_none(s3: Any, bucket: str, form: Uploader) -> None:
    named, digest = {"Bucket": bucket, "Key": "one"}, base64.b64encode(hashlib.md5(KEY).digest()).decode()
    s3.put_object(**named, Body=b"before", **BY_KEY)
    begun = s3.create_multipart_upload(Bucket=bucket, Key="two", **BY_KEY)["UploadId"]
    part = {"Bucket": bucket, "Key": "two", "UploadId": begun, "PartNumber": 1, **BY_KEY}

    block(s3, bucket, "SSE-C")

    source = {"CopySource": f"{bucket}/one", **FROM_KEY}
    for call, params in (
        (s3.put_object, {**named, "Body": b"x", **BY_KEY}),
        (s3.create_multipart_upload, {**named, **BY_KEY}),
        (s3.copy_object, {"Bucket": bucket, "Key": "three", **source, **BY_KEY}),
        (s3.upload_part, {**part, "Body": b"x"}),
        (s3.upload_part_copy, {**part, **source}),
    ):
        refused("AccessDenied", "blocked", call, **params)
    fields = {
        f"x-amz-server-side-encryption-customer-{name}": value
        for name, value in (
            ("algorithm", "AES256"),
            ("key", base64.b64encode(KEY).decode()),
            ("key-md5", digest),
        )
    }
    listed = conditions(bucket, *(["starts-with", f"${name}", ""] for name in fields))
    assert b"blocked" in form.upload(listed, **fields).body
    assert s3.get_object(**named, **BY_KEY)["Body"].read() == b"before"
    s3.copy_object(Bucket=bucket, Key="three", **source)
    block(s3, bucket, "NONE")
    s3.put_object(**named, Body=b"after", **BY_KEY)


def test_what_a_bucket_blocks_stands_beside_its_default(s3: Any, bucket: str) -> None:
    block(s3, bucket, "SSE-C")
    assert encryption(s3.put_object(Bucket=bucket, Key="one", Body=b"x")) == {}

    block(s3, bucket, "SSE-C", ApplyServerSideEncryptionByDefault={"SSEAlgorithm": "AES256"})

    (rule,) = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["BlockedEncryptionTypes"] == {"EncryptionType": ["SSE-C"]}
    put = s3.put_object(Bucket=bucket, Key="one", Body=b"x")
    assert encryption(put) == {"ServerSideEncryption": "AES256"}
    with pytest.raises(ClientError, match="EncryptionType is one of NONE, SSE-C"):
        block(s3, bucket, "SSE-S3")


@pytest.mark.parametrize(
    "said",
    [{"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "alias/ours"}, BY_KEY],
    ids=["kms", "customer"],
)
def test_transfers_carry_it(s3: Any, bucket: str, tmp_path: Path, said: dict[str, Any]) -> None:
    sent, got = tmp_path / "sent", tmp_path / "got"
    sent.write_bytes(b"0123456789abcdef" * 400_000)
    config = boto3.s3.transfer.TransferConfig(multipart_threshold=5 * 2**20, multipart_chunksize=5 * 2**20)

    s3.upload_file(str(sent), bucket, "large", ExtraArgs=said, Config=config)
    arguments = said if "SSECustomerKey" in said else {}
    s3.download_file(bucket, "large", str(got), ExtraArgs=arguments, Config=config)

    assert got.read_bytes() == sent.read_bytes()


def test_the_key_itself_is_nowhere(own_server: Server, tmp_path: Path) -> None:
    own_server.start()
    s3 = own_server.client("s3")
    s3.create_bucket(Bucket="secrets")
    s3.put_object(Bucket="secrets", Key="one", Body=b"x", **BY_KEY)
    code_of(s3.get_object, Bucket="secrets", Key="one", **BY_OTHER_KEY)
    own_server.stop()

    forms: tuple[Callable[[bytes], bytes], ...] = (bytes, base64.b64encode, lambda key: key.hex().encode())
    secrets = [form(key) for key in (KEY, OTHER_KEY) for form in forms]
    files = [path for path in own_server.data.parent.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path
