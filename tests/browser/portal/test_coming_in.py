"""From an invitation to the job list, and back in later."""

from playwright.sync_api import expect

from tests.portal_world import PASSWORD


def test_the_invited_choose_a_password_and_are_in(world, enter):
    page = enter(None, f"/welcome/{world.invite('dora', 'cats')}")

    page.get_by_label("Your name").fill("Dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("Dora")


def test_signing_out_and_in_again(enter):
    page = enter()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status").first).to_have_text("You are signed out.")

    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_label("Password").fill("not the right one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not right")

    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()


def test_a_one_click_link_leads_to_its_page(world, enter):
    page = enter(None, f"/welcome/{world.invite('alice', kind='signin', next_path='/work')}")

    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="Your tasks")).to_be_visible()
