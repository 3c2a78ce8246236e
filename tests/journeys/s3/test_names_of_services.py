"""A bucket may be called as another service's path or host is: what only S3 can mean is S3's."""

from __future__ import annotations

import pytest

from tests.journeys.s3.upload_forms import ORIGIN, Uploader, conditions, refused
from tests.journeys.signed import send, unsigned

NAMES = ["human-loops", "human-loops-data", "endpoints", "endpoints.eu", "v20180820"]
HOSTS = ["iam", "iam.photos", "sts.images", "api.sagemaker.eu", "runtime.sagemaker.eu", "human-loops"]
PLACES = [(name, "") for name in NAMES] + [(name, f"{name}.localhost") for name in HOSTS]
OTHER = "https://other.example"

everywhere = pytest.mark.parametrize(("name", "host"), PLACES)


@pytest.fixture
def s3(sqlite_server, name):
    client = sqlite_server.client("s3")
    client.create_bucket(Bucket=name)
    return client


def at(server, name, host, key=""):
    """Path and headers of a request for what is in a bucket."""
    return (f"/{key}", {"Host": f"{host}:{server.port}"}) if host else (f"/{name}/{key}", {})


@everywhere
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_it_takes_upload_forms(sqlite_server, s3, name, host, kind):
    form = Uploader(sqlite_server, name, host=host)
    form.fields["Content-Type"] = kind
    listed = [rule for rule in conditions(name) if "$Content-Type" not in rule]

    answer = form.upload([*listed, {"Content-Type": kind}])

    assert (answer.status, form.stored()) == (204, b"bar")


@everywhere
def test_what_nobody_signed_is_denied_as_by_s3(sqlite_server, s3, name, host):
    path, headers = at(sqlite_server, name, host, "a/key")

    for method in ("GET", "PUT", "DELETE"):
        typed = {**headers, "Content-Type": "application/x-amz-json-1.1"}
        assert refused(unsigned(sqlite_server, method, path, typed)) == (403, "AccessDenied")


@everywhere
def test_its_rules_hold_for_preflights(sqlite_server, s3, name, host):
    rule = {"AllowedMethods": ["PUT"], "AllowedOrigins": [ORIGIN]}
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [rule]})
    path, headers = at(sqlite_server, name, host, "key")

    def preflight(origin):
        preflight_headers = {**headers, "Origin": origin, "Access-Control-Request-Method": "PUT"}
        return unsigned(sqlite_server, "OPTIONS", path, preflight_headers).status

    try:
        assert (preflight(ORIGIN), preflight(OTHER)) == (200, 403)
    finally:
        s3.delete_bucket_cors(Bucket=name)


def test_other_services_stay_reachable_by_path_and_host(sqlite_server):
    host = {"Host": f"sts.localhost:{sqlite_server.port}"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    loops = unsigned(sqlite_server, "POST", "/human-loops", {})
    model = unsigned(
        sqlite_server, "POST", "/endpoints/e/invocations", {"Content-Type": "multipart/form-data"}
    )
    identity = unsigned(sqlite_server, "POST", "/", {**host, **form}, b"Action=GetCallerIdentity")

    assert loops.code == model.code == "MissingAuthenticationTokenException"
    assert b"<Code>MissingAuthenticationToken</Code>" in identity.body
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    assert send(sqlite_server, "POST", "/", form, body, service="sts").status == 200


@pytest.mark.parametrize(
    "kind", ["application/x-amz-json-1.1", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_an_object_may_have_the_type_of_any_protocol(sqlite_server, s3, name, kind):
    s3.put_object(Bucket=name, Key="put", Body=b"x", ContentType=kind)
    begun = s3.create_multipart_upload(Bucket=name, Key="parts", ContentType=kind)
    s3.abort_multipart_upload(Bucket=name, Key="parts", UploadId=begun["UploadId"])

    assert s3.head_object(Bucket=name, Key="put")["ContentType"] == kind
    stranger = send(
        sqlite_server,
        "PUT",
        f"/{name}/put",
        {"Content-Type": kind},
        service="s3",
        keys=("AKIDNOBODY", "secret"),
    )
    assert refused(stranger) == (403, "InvalidAccessKeyId")
