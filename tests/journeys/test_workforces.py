"""The one private workforce, on servers that have none yet [workforce.md, api.md §5]."""

from __future__ import annotations

from typing import Any

from secondlook.testing import Server

from .client_errors import refused

COGNITO = {"UserPool": "us-east-1_abc", "ClientId": "client"}
OIDC = {
    name: f"https://idp.example.org/{name}"
    for name in (
        "Issuer",
        "AuthorizationEndpoint",
        "TokenEndpoint",
        "UserInfoEndpoint",
        "LogoutEndpoint",
        "JwksUri",
    )
}
MEMBERS = [{"CognitoMemberDefinition": {**COGNITO, "UserGroup": "crew"}}]


def names(sagemaker: Any, **options: Any) -> list[str]:
    return [workforce["WorkforceName"] for workforce in sagemaker.list_workforces(**options)["Workforces"]]


def test_the_first_team_makes_the_default_workforce_and_looking_makes_none(secondlook_server: Server):
    sagemaker = secondlook_server.client("sagemaker")

    assert [] == names(sagemaker)
    answer = refused("ValidationException", "default", sagemaker.describe_workforce, WorkforceName="default")
    assert answer["Error"]["Message"].startswith("No workforce")
    assert [] == names(sagemaker)
    secondlook_server.client("secondlook").create_team(TeamName="crew")
    assert ["default"] == names(sagemaker)
    workforce = sagemaker.describe_workforce(WorkforceName="default")["Workforce"]
    assert {"Cidrs": []} == workforce["SourceIpConfig"]
    assert ("Active", secondlook_server.url.removeprefix("http://")) == (
        workforce["Status"],
        workforce["SubDomain"],
    )


def test_a_workforce_of_a_name_replaces_the_default_only_while_that_has_no_team(secondlook_server: Server):
    sagemaker = secondlook_server.client("sagemaker")
    sagemaker.create_workteam(WorkteamName="crew", Description="x", MemberDefinitions=MEMBERS)
    only_one = "Cannot create more than one workforce for account 123456789012."
    refused(
        "ValidationException",
        only_one,
        sagemaker.create_workforce,
        WorkforceName="mine",
        CognitoConfig=COGNITO,
    )
    refused("ResourceInUse", "work teams", sagemaker.delete_workforce, WorkforceName="default")
    sagemaker.delete_workteam(WorkteamName="crew")
    answer = sagemaker.create_workforce(WorkforceName="mine", CognitoConfig=COGNITO)

    assert "arn:aws:sagemaker:us-east-1:123456789012:workforce/mine" == answer["WorkforceArn"]
    assert ["mine"] == names(sagemaker)
    refused(
        "ValidationException",
        only_one,
        sagemaker.create_workforce,
        WorkforceName="more",
        CognitoConfig=COGNITO,
    )


def test_a_workforce_is_described_without_its_secret_changed_and_deleted(secondlook_server: Server):
    sagemaker = secondlook_server.client("sagemaker")
    secret = {**OIDC, "ClientId": "client", "ClientSecret": "hush"}
    refused(
        "ValidationException",
        "not both",
        sagemaker.create_workforce,
        WorkforceName="mine",
        CognitoConfig=COGNITO,
        OidcConfig=secret,
    )
    sagemaker.create_workforce(WorkforceName="mine", OidcConfig=secret)
    workforce = sagemaker.describe_workforce(WorkforceName="mine")["Workforce"]

    assert {**OIDC, "ClientId": "client"} == workforce["OidcConfig"]
    assert {"Cidrs": []} == workforce["SourceIpConfig"]
    limit = {"Cidrs": ["192.0.2.0/24"]}
    changed = sagemaker.update_workforce(WorkforceName="mine", SourceIpConfig=limit)["Workforce"]
    assert limit == changed["SourceIpConfig"]
    assert changed == sagemaker.describe_workforce(WorkforceName="mine")["Workforce"]
    assert ["mine"] == names(
        sagemaker, NameContains="min", SortBy="Name", SortOrder="Descending", MaxResults=1
    )
    assert [] == names(sagemaker, NameContains="other")
    arn = changed["WorkforceArn"]
    refused("ValidationException", "Invalid resource type: workforce", sagemaker.list_tags, ResourceArn=arn)
    sagemaker.create_workteam(
        WorkteamName="crew", WorkforceName="mine", Description="x", MemberDefinitions=MEMBERS
    )
    refused(
        "ValidationException",
        "no work teams",
        sagemaker.update_workforce,
        WorkforceName="mine",
        OidcConfig=secret,
    )
    sagemaker.delete_workteam(WorkteamName="crew")
    sagemaker.delete_workforce(WorkforceName="mine")
    assert [] == names(sagemaker)
    refused("ValidationException", "No workforce", sagemaker.delete_workforce, WorkforceName="mine")
