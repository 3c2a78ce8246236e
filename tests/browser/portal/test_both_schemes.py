"""The https link that programs print and the http link that the start prints are one portal on this machine."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("first", "then"), [("https", "http"), ("http", "https")])
def test_one_sign_in_is_enough_for_both(chromium, own_server, first, then):
    own = own_server.start().client("secondlook")
    own.create_team(TeamName="crew", Invite=["ann@example.org"])
    link = own.issue_sign_in_link(Email="ann@example.org", NextPath="/work")["Url"]
    bases = {
        "http": own_server.url,
        "https": f"https://127.0.0.1:{own_server.tls_port}",
    }
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()

    page.goto(bases[first] + urlsplit(link).path)
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(f"{bases[first]}/work")
    page.goto(f"{bases[then]}/work")
    expect(page).to_have_url(f"{bases[then]}/work")

    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{bases[then]}/sign-in?bye")
    context.close()
