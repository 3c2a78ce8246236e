"""Which server is meant, and what is said where that cannot be known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondlook.client import access, client_file
from secondlook.client.client_file import Access
from secondlook.client.errors import NoServer

TOLD = {"url": "http://127.0.0.1:1", "region": "eu-west-1", "access_key_id": "AKIA", "secret_access_key": "s"}
REQUESTER = {**TOLD, "access_key_id": "AKIR", "secret_access_key": "r"}
FILE = {**TOLD, "requester": {"access_key_id": "AKIR", "secret_access_key": "r"}}
PRINTED = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_ACCESS_KEY_ID": "AKIR",
    "AWS_SECRET_ACCESS_KEY": "r",
}
ENVIRONMENT = {
    "AWS_ENDPOINT_URL": "http://there:2/",
    "AWS_ACCESS_KEY_ID": "AKIB",
    "AWS_SECRET_ACCESS_KEY": "t",
}


@pytest.fixture
def data(tmp_path):
    (tmp_path / "client.json").write_text(json.dumps(FILE))
    return tmp_path


@pytest.fixture
def usual(data, monkeypatch):
    """The directory that `serve` uses unless told otherwise."""
    monkeypatch.chdir(data)
    (data / "secondlook-data").mkdir()
    (data / "client.json").rename(data / "secondlook-data" / "client.json")


def test_the_data_directory_given_wins_over_the_environment(data):
    assert Access(**TOLD) == access.find(data, ENVIRONMENT)


def test_the_environment_wins_over_the_usual_directory():
    assert Access("http://there:2", "us-east-1", "AKIB", "t") == access.find(None, ENVIRONMENT)


def test_commands_use_the_key_of_the_admin_and_programs_are_given_the_requester_s(data):
    assert Access(**TOLD) == access.find(data, {})
    assert Access(**REQUESTER) == access.for_programs(data, {})
    assert Access("http://there:2", "us-east-1", "AKIB", "t") == access.for_programs(None, ENVIRONMENT)


def test_the_key_that_brings_code_is_another_one_and_is_there_where_that_is_allowed(usual):
    with pytest.raises(NoServer, match="secondlook serve --allow-model-code"):
        access.for_programs(None, {}, brings_code=True)
    bringing = {"access_key_id": "AKIC", "secret_access_key": "c"}
    Path("secondlook-data/client.json").write_text(json.dumps({**FILE, "bringing_code": bringing}))

    assert Access(**{**TOLD, **bringing}) == access.for_programs(None, {}, brings_code=True)
    assert Access(**REQUESTER) == access.for_programs(None, {})
    assert Access(**TOLD) == access.find(None, {**PRINTED, "AWS_ACCESS_KEY_ID": "AKIC"})


def test_an_environment_printed_for_the_usual_directory_means_that_directory(usual):
    assert Access(**TOLD) == access.find(None, PRINTED)
    assert Access(**REQUESTER) == access.for_programs(None, PRINTED)


@pytest.mark.parametrize("other", [{"AWS_ACCESS_KEY_ID": "AKIB"}, {"AWS_ENDPOINT_URL": "http://there:2"}])
def test_with_another_key_or_at_another_place_the_environment_stands_for_itself(usual, other):
    environment = {**PRINTED, **other}

    assert environment["AWS_ACCESS_KEY_ID"] == access.find(None, environment).access_key_id


def test_the_usual_directory_is_taken_last(usual):
    assert Access(**TOLD) == access.find(None, {})


def test_an_endpoint_without_keys_names_what_is_missing():
    with pytest.raises(
        NoServer, match="AWS_ENDPOINT_URL is set to http://there:2, but AWS_SECRET_ACCESS_KEY is not"
    ):
        access.find(None, {**ENVIRONMENT, "AWS_SECRET_ACCESS_KEY": ""})


def test_a_directory_where_no_server_ran_says_how_to_start_one(tmp_path):
    with pytest.raises(NoServer, match="no server has run with this data directory yet"):
        client_file.read(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"url": "x"}'])
def test_a_file_that_cannot_be_understood_is_named(tmp_path, text):
    (tmp_path / "client.json").write_text(text)

    with pytest.raises(NoServer, match="cannot be understood"):
        client_file.read(tmp_path)


@pytest.mark.parametrize(("url", "expected"), [("https://h", Path("/c.pem")), ("http://h", None)])
def test_a_certificate_counts_for_https_only(tmp_path, url, expected):
    (tmp_path / "client.json").write_text(json.dumps({**FILE, "url": url, "ca_bundle": "/c.pem"}))

    assert expected == client_file.read(tmp_path).ca_bundle
