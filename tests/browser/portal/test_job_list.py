"""The job list is current without a reload, and works without a script."""

from playwright.sync_api import expect


def test_new_tasks_appear_by_themselves(world, enter):
    world.flow("fd", title="Find the cats")
    page = enter()
    expect(page.locator("#jobs")).to_contain_text("All done.")

    world.loop("fd", "loop-1")

    expect(page.get_by_role("button", name="Start working on Find the cats")).to_be_visible()
    expect(page).to_have_title("(1) Tasks · secondlook")


def test_the_focus_stays_where_it_was(world, enter):
    world.flow("fd", title="Find the cats")
    world.loop("fd", "loop-1")
    page = enter()
    page.locator("#start-fd").focus()

    world.loop("fd", "loop-2")
    expect(page.locator("#jobs")).to_contain_text("2 tasks waiting")

    expect(page.locator("#start-fd")).to_be_focused()


def test_a_server_that_is_away_is_said_and_found_again(enter):
    page = enter()
    page.context.set_offline(True)
    expect(page.locator("#stale")).to_contain_text("cannot be reached")

    page.context.set_offline(False)
    expect(page.locator("#stale")).to_be_hidden()


def test_whose_session_ends_is_led_to_the_sign_in(world, enter):
    page = enter()

    page.context.clear_cookies()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_taking_works_without_a_script(world, enter):
    world.flow("fd", title="Find the cats")
    world.loop("fd", "loop-1")
    page = enter(java_script_enabled=False)

    page.get_by_role("button", name="Start working").click()

    expect(page.get_by_role("heading", name="Find the cats")).to_be_visible()
