"""Sessions of boto3's mean one server, whatever the environment says."""

from __future__ import annotations

import pytest
from botocore.config import Config

from secondlook.client import connection
from secondlook.client.client_file import Access
from secondlook.client.connection import connect
from secondlook.client.errors import NoServer
from secondlook.client.session import Session

ACCESS = Access("http://127.0.0.1:9", "eu-west-1", "AKIA", "s")


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    """An environment that means another server, and no directory that means one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(connection, "_latest", None)
    for name in ("SECONDLOOK_DATA", "AWS_REGION", "AWS_CA_BUNDLE", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://there:2")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIB")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "t")


@pytest.mark.parametrize("service", ["s3", "sagemaker", "sagemaker-a2i-runtime", "sts", "secondlook"])
def test_a_client_of_any_service_means_the_server(service):
    client = Session(ACCESS).client(service)

    assert (ACCESS.url, "eu-west-1") == (client.meta.endpoint_url, client.meta.region_name)


def test_a_client_may_be_given_another_region_and_a_config_of_its_own():
    client = Session(ACCESS).client("s3", "us-west-2", config=Config(read_timeout=7))

    assert (ACCESS.url, "us-west-2") == (client.meta.endpoint_url, client.meta.region_name)
    assert (7, {}) == (client.meta.config.read_timeout, client.meta.config.proxies)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://sts.us-east-1.amazonaws.com", ACCESS.url),
        ("http://elsewhere:1", "http://elsewhere:1"),
        ("http://amazonaws.com.example.org", "http://amazonaws.com.example.org"),
        (None, ACCESS.url),
    ],
)
def test_a_url_of_amazon_s_is_the_server_too(url, expected):
    assert expected == Session(ACCESS).client("sts", endpoint_url=url).meta.endpoint_url


def test_the_environment_says_which_server_is_meant_unless_a_url_does():
    assert ("http://there:2", "AKIB") == (connect().url, connect().access.access_key_id)
    named = connect(url="http://here:1/", access_key_id="AKIC", secret_access_key="u", region="eu-north-1")

    assert Access("http://here:1", "eu-north-1", "AKIC", "u") == named.access
    assert named is connection.present()


def test_a_url_takes_the_key_of_the_environment_or_says_that_it_is_missing(monkeypatch):
    assert "AKIB" == connect(url="http://here:1").access.access_key_id
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    with pytest.raises(NoServer, match="A key for http://here:1 is missing: give access_key_id"):
        connect(url="http://here:1")


def test_a_directory_and_a_url_are_one_too_many(tmp_path):
    with pytest.raises(NoServer, match="Give data or url"):
        connect(tmp_path, "http://here:1")


def test_a_directory_of_the_environment_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path))

    with pytest.raises(NoServer, match=f"There is no {tmp_path}/client.json"):
        connect()
