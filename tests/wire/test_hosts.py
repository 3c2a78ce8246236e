"""A name that nobody configured is not ours; a name before one of ours is a bucket's."""

from pathlib import Path

import pytest

from secondlook.settings import Settings
from secondlook.wire.errors import AwsError
from secondlook.wire.hosts import Hosts

SETTINGS = Settings(
    data=Path(),
    public_url="https://review.example.org",
    allowed_hosts=("Other.example.org",),
    advertise="http://node-1:8700",
)
HOSTS = Hosts(SETTINGS)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8700",
        "localhost:",
        "s3.localhost",
        "s3.us-east-1.localhost:8700",
        "my.localhost:8700",
        "127.0.0.1:8700",
        "[::1]:8700",
        "192.0.2.1",
        "review.example.org",
        "review.example.org.",
        "other.example.org:443",
        "node-1:8700",
    ],
)
def test_it_answers_to(host):
    assert HOSTS.knows(host)
    assert not HOSTS.bucket(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "review.example.org.evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil",
        "127.0.0.1:x@evil.com",
        "127.0.0.1@evil.com",
        "localhost:8700@evil.com",
        "[::1]evil.com",
        "[::1].evil.com",
        "[::1",
        "::1",
        "localhost:8700:8700",
        "localhost/",
        "localhost evil.com",
        "[localhost]",
        "127.0.0.1,evil.com",
        "\xb9\xb2\xb7.0.0.1",
    ],
)
def test_it_refuses(host):
    assert not HOSTS.knows(host)


@pytest.mark.parametrize(
    ("host", "bucket"),
    [
        ("case.localhost:8700", "case"),
        ("Case.LocalHost", "case"),
        ("a.dotted.name.localhost", "a.dotted.name"),
        ("case.localhost:", "case"),
        ("case.s3.localhost:8700", "case"),
        ("case.s3.us-east-1.localhost", "case"),
        ("a.dotted.name.s3.us-east-1.review.example.org", "a.dotted.name"),
        ("case.review.example.org", "case"),
        ("case.review.example.org.", "case"),
        ("case.node-1:8700", "case"),
        ("case.other.example.org", "case"),
    ],
)
def test_a_name_before_ours_is_a_buckets_and_not_ours(host, bucket):
    assert HOSTS.bucket(host) == bucket
    assert not HOSTS.knows(host)


@pytest.mark.parametrize(
    "host",
    [
        "case.evil.example",
        "case.127.0.0.1",
        "ab.localhost",
        "under_score.localhost",
        "case.xreview.example.org",
    ],
)
def test_no_bucket_stands_before(host):
    assert HOSTS.bucket(host) == ""


def test_the_longest_name_counts_and_a_configured_name_is_never_a_bucket():
    hosts = Hosts(Settings(data=Path(), allowed_hosts=("example.org", "look.example.org")))

    assert hosts.bucket("case.look.example.org") == "case"
    assert hosts.bucket("look.example.org") == ""
    assert hosts.knows("look.example.org")


@pytest.mark.parametrize("host", ["case.unknown.example", "case.s3.amazonaws.com", "secondlook.default.svc"])
def test_a_host_that_could_name_a_bucket_is_refused_with_the_way_out(host):
    with pytest.raises(AwsError) as refused:
        HOSTS.check(host)

    assert (refused.value.code, refused.value.status) == ("InvalidHostHeader", 400)
    assert "path style" in refused.value.message
    assert "--allowed-hosts" in refused.value.message


@pytest.mark.parametrize(
    "host",
    ["case.localhost", "review.example.org", "10.0.0.1:80", "secondlook:8700", "s3.amazonaws.com", "[::1]"],
)
def test_a_host_that_cannot_be_mistaken_is_taken(host):
    HOSTS.check(host)
