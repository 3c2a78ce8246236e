"""The bucket in the host name, as every AWS SDK but botocore asks for it where the endpoint has a name."""

from __future__ import annotations

import socket
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.journeys.signed import unsigned

from .test_links import fetch


@pytest.fixture(autouse=True)
def _names_of_loopback(monkeypatch):
    """What ends in `.localhost` is this machine (RFC 6761); not every system's resolver knows."""
    resolve = socket.getaddrinfo

    def loopback(host, *more, **named):
        return resolve("127.0.0.1" if str(host).endswith("localhost") else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", loopback)


@pytest.fixture(params=("s3", "s3v4"))
def virtual(server, request):
    """SigV2 and SigV4."""
    credentials = server.credentials
    return boto3.client(
        "s3",
        endpoint_url=f"http://localhost:{server.port}",
        region_name=credentials["region"],
        aws_access_key_id=credentials["access_key_id"],
        aws_secret_access_key=credentials["secret_access_key"],
        config=Config(
            signature_version=request.param,
            s3={"addressing_style": "virtual"},
            retries={"total_max_attempts": 1},
        ),
    )


def test_a_bucket_is_made_filled_listed_copied_and_emptied(virtual, name):
    virtual.create_bucket(Bucket=name)
    virtual.put_object(Bucket=name, Key="a b/ä+.png", Body=b"picture")
    virtual.copy_object(Bucket=name, Key="empty", CopySource={"Bucket": name, "Key": "a b/ä+.png"})
    virtual.put_object(Bucket=name, Key="sign-in", Body=b"")

    listed = virtual.list_objects_v2(Bucket=name)["Contents"]
    assert [entry["Key"] for entry in listed] == ["a b/ä+.png", "empty", "sign-in"]
    assert virtual.get_object(Bucket=name, Key="a b/ä+.png")["Body"].read() == b"picture"
    assert [
        bucket["Name"]
        for bucket in virtual.list_buckets()["Buckets"]
        if bucket["Name"] in {name, "sign-in", "empty"}
    ] == [name]
    virtual.delete_objects(Bucket=name, Delete={"Objects": [{"Key": entry["Key"]} for entry in listed]})
    virtual.delete_bucket(Bucket=name)


def test_an_upload_in_parts(virtual, name):
    virtual.create_bucket(Bucket=name)
    upload = virtual.create_multipart_upload(Bucket=name, Key="whole")["UploadId"]
    part = virtual.upload_part(Bucket=name, Key="whole", UploadId=upload, PartNumber=1, Body=b"part")
    virtual.complete_multipart_upload(
        Bucket=name,
        Key="whole",
        UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    )

    assert virtual.get_object(Bucket=name, Key="whole")["Body"].read() == b"part"


def test_links_are_signed_for_the_host_they_name(virtual, name):
    virtual.create_bucket(Bucket=name)
    put = virtual.generate_presigned_url("put_object", Params={"Bucket": name, "Key": "a b"})
    get = virtual.generate_presigned_url("get_object", Params={"Bucket": name, "Key": "a b"})
    assert get.startswith(f"http://{name}.localhost")

    assert fetch(put, "PUT", b"picture", Content_Type="")[0] == 200
    assert fetch(get)[2] == b"picture"
    assert fetch(get.replace("/a%20b?", "/other?"))[0] == 403


def test_a_key_holds_for_its_buckets_wherever_their_name_stands(sqlite_server, name):
    sqlite_server.client("s3").create_bucket(Bucket=name)
    keys = sqlite_server.key(name, "runtime", Buckets=["another-bucket"])
    bound = boto3.client(
        "s3",
        endpoint_url=f"http://localhost:{sqlite_server.port}",
        region_name="us-east-1",
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
        config=Config(s3={"addressing_style": "virtual"}),
    )

    with pytest.raises(ClientError, match="AccessDenied"):
        bound.list_objects_v2(Bucket=name)


def test_an_unknown_name_is_refused_and_makes_no_bucket(sqlite_server, name):
    s3 = sqlite_server.client("s3")
    url = s3.generate_presigned_url("create_bucket", Params={"Bucket": name})
    request = urllib.request.Request(
        url, b"", {"Host": "case.unknown.example", "Content-Type": ""}, method="PUT"
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)

    with refused.value as error:
        assert error.code == 400
        assert b"<Code>InvalidHostHeader</Code>" in error.read()
    assert name not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/console", "/static/portal.css"])
def test_the_portal_is_not_reached_by_a_buckets_name(sqlite_server, path):
    answer = unsigned(
        sqlite_server, "GET", path, {"Host": f"case.localhost:{sqlite_server.port}", "Accept": "text/html"}
    )

    assert answer.status == 403
    assert b"<Code>AccessDenied</Code>" in answer.body
    assert "set-cookie" not in answer.headers
