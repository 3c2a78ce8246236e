"""Our own service over plain boto3: what AWS has no operation for."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3

from tests.forms import post
from tests.running import Server

from .client_errors import refused


@pytest.fixture
def own(server: Server) -> Any:
    return server.client("secondlook")


def test_the_server_says_who_and_where_it_is(server, own):
    description = own.get_server()

    assert ("123456789012", "us-east-1", server.url) == (
        description["Account"],
        description["Region"],
        description["PublicUrl"],
    )


def test_a_team_is_made_once_and_invites_each_address_once(server, own, name):
    first = own.create_team(
        TeamName=name, Invite=["ana@example.org", "ana@example.org"], Organization="Ana & Co"
    )
    again = own.create_team(TeamName=name)

    assert (True, False) == (first["Created"], again["Created"])
    assert f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{name}" == again["WorkteamArn"]
    assert ["ana@example.org"] == [invitation["Email"] for invitation in first["Invitations"]]
    assert first["Invitations"][0]["Url"].startswith(f"{server.url}/welcome/")
    assert ["ana@example.org"] == [member["Email"] for member in own.list_members(TeamName=name)["Members"]]
    own.remove_member(TeamName=name, Email="ana@example.org")
    assert [] == own.list_members(TeamName=name)["Members"]


def test_a_team_that_is_there_takes_what_is_given_and_keeps_the_rest(own, server, name):
    own.create_team(TeamName=name, Organization="Ana & Co", Contact="ana@example.org")
    own.create_team(TeamName=name, Organization="Bob & Co")
    page = urllib3.request(
        "GET", own.create_team(TeamName=name, Invite=[f"{name}@example.org"])["Invitations"][0]["Url"]
    )

    assert "Bob &amp; Co" in page.data.decode()
    assert "ana@example.org" in page.data.decode()


def test_who_has_joined_joins_another_team_without_a_link_and_gets_one_only_by_a_reset(own, name):
    email = f"{name}@example.org"
    invited = own.create_team(TeamName=name, Invite=[email])
    status = post(invited["Invitations"][0]["Url"], name="Ana", password="a long password")
    again = own.create_team(TeamName=f"{name}-2", Invite=[email.upper()])
    reset = own.reset_password(Email=email)

    assert 303 == status
    assert ([], [email]) == (again["Invitations"], again["Joined"])
    assert [email] == [member["Email"] for member in own.list_members(TeamName=f"{name}-2")["Members"]]
    assert "Choose another password" in urllib3.request("GET", reset["Url"]).data.decode()
    (person,) = [entry for entry in everybody(own) if entry["Email"] == email]
    assert ([name, f"{name}-2"], True, False) == (person["Teams"], person["Joined"], person["Admin"])


def everybody(own):
    """Of a server that other tests share, so there may be several pages."""
    page = own.list_people()
    people = page["People"]
    while "NextToken" in page:
        page = own.list_people(NextToken=page["NextToken"])
        people += page["People"]
    return people


def test_a_reset_is_for_those_who_have_joined(own, name):
    email = f"{name}@example.org"
    own.create_team(TeamName=name, Invite=[email])

    refused("ValidationException", "has not joined yet", own.reset_password, Email=email)
    refused("ResourceNotFound", "Nobody here has", own.reset_password, Email=f"no-{email}")


def test_who_is_not_in_a_team_is_not_taken_out_of_it(own, name):
    own.create_team(TeamName=name, Invite=[f"{name}@example.org"])
    own.create_team(TeamName=f"{name}-2")
    gone = {"TeamName": f"{name}-2", "Email": f"{name}@example.org"}

    refused("ResourceNotFound", f"is not in the work team {name}-2", own.remove_member, **gone)
    answer = refused(
        "ResourceNotFound", "Nobody here has", own.remove_member, TeamName=name, Email="typo@x.org"
    )
    assert "invite" not in answer["Error"]["Message"]


def test_every_wrong_address_of_a_list_is_named_and_nobody_is_invited(own, name):
    refused(
        "ValidationException",
        "'foo' and 'bar@' are not e-mail addresses",
        own.create_team,
        TeamName=name,
        Invite=["foo", "good@example.org", "bar@"],
    )
    refused("ValidationException", "does not exist", own.list_members, TeamName=name)


def test_what_nobody_here_has_is_refused_by_name(own, name):
    refused("ValidationException", "The work team", own.list_members, TeamName=name)
    refused("ResourceNotFound", "nobody@example.org", own.issue_session, Email="nobody@example.org")
    refused("ResourceNotFound", "no product", own.describe_product, ProductId="no-such-product")
    refused("ResourceNotFound", "AKIANOBODY", own.revoke_key, AccessKeyId="AKIANOBODY2222222222")
    refused("ResourceNotFound", name, own.describe_loop, HumanLoopName=name)


def test_nobody_revokes_the_key_they_sign_with(server, own):
    refused(
        "ValidationException",
        "signed with the key",
        own.revoke_key,
        AccessKeyId=server.credentials["access_key_id"],
    )


def test_keys_are_listed_without_their_secrets_and_with_their_end(own, name):
    key = own.create_key(Name=name)
    own.revoke_key(AccessKeyId=key["AccessKeyId"])
    listed = {row["AccessKeyId"]: row for row in own.list_keys()["Keys"]}[key["AccessKeyId"]]

    assert {"AccessKeyId", "Name", "Scope", "BringsCode", "CreatedAt", "RevokedAt"} == set(listed)
    assert listed["BringsCode"] is False
    assert (name, "requester") == (listed["Name"], listed["Scope"])


def test_a_licence_has_to_be_accepted(own):
    refused("ValidationException", "has to be accepted", own.subscribe, ProductId="ppocr-text")
    product = own.describe_product(ProductId="ppocr-text")["Product"]

    assert product["LicenseText"]
    assert product["ProductId"] in [row["ProductId"] for row in own.list_products()["Products"]]


def test_a_webhook_is_made_with_a_secret_listed_without_and_ended(own, name):
    webhook = own.create_webhook(Url=f"https://example.org/{name}")
    listed = {row["WebhookId"]: row for row in own.list_webhooks()["Webhooks"]}[webhook["WebhookId"]]

    assert webhook["Secret"]
    assert "Secret" not in listed
    assert [] == own.list_deliveries(WebhookId=webhook["WebhookId"])["Deliveries"]
    own.delete_webhook(WebhookId=webhook["WebhookId"])
    assert (0, 0) == (listed["Waiting"], listed["Failed"])
    refused("ValidationException", "http or https", own.create_webhook, Url="ftp://example.org/")
    refused(
        "ResourceNotFound",
        name,
        own.create_webhook,
        Url="https://example.org/",
        FlowDefinitionName=name,
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://①②⑦.0.0.1/hook", "no host name"),
        ("http://a b/hook", "a space"),
        ("http://0x7f.1/hook", "four decimal numbers"),
        ("http://2130706433/hook", "four decimal numbers"),
        ("http://127.0.0.1/hook", "--allow-outbound 127.0.0.1/32"),
        ("http://[::10.0.0.1]/hook", "never reached"),
        ("http://[64:ff9b:1::a00:1]/hook", "never reached"),
        ("http://169.254.169.254/latest", "never reached"),
    ],
)
def test_a_webhook_that_could_never_be_delivered_is_refused_when_it_is_made(own, url, reason):
    refused("ValidationException", reason, own.create_webhook, Url=url)
