"""The link in a mail: looking consumes nothing, the button exchanges it for a session, once."""

from tests.portal_world import PASSWORD

ANSWER = {"name": "Dora", "password": PASSWORD}


def test_the_page_says_who_invites_and_whom_to_ask(world, stranger):
    page = stranger.get(f"/welcome/{world.invite('dora', 'cats')}").text

    assert "Cats Inc." in page
    assert "help@cats.example" in page
    assert "dora@example.org" in page


def test_a_scanner_that_follows_the_link_uses_nothing_up(world, stranger):
    link = f"/welcome/{world.invite('dora', 'cats')}"
    for _ in range(3):
        assert stranger.get(link).status == 200

    assert stranger.post(link, ANSWER).status == 303


def test_the_button_lets_the_invited_in(world, stranger):
    reply = stranger.post(f"/welcome/{world.invite('dora', 'cats')}", ANSWER)

    assert reply.location == "/"
    assert "Dora" in stranger.get("/work").text


def test_the_chosen_password_is_the_one_to_sign_in_with(world, stranger):
    stranger.post(f"/welcome/{world.invite('dora', 'cats')}", ANSWER)
    stranger.cookies.clear()

    assert stranger.post("/sign-in", {"email": "dora@example.org", "password": PASSWORD}).status == 303


def test_a_used_link_says_so_and_where_to_go(world, stranger):
    link = f"/welcome/{world.invite('dora', 'cats')}"
    stranger.post(link, ANSWER)
    stranger.cookies.clear()

    for reply in (stranger.get(link), stranger.post(link, ANSWER)):
        assert reply.status == 410
        assert "used already" in reply.text
        assert 'href="/sign-in"' in reply.text


def test_a_short_password_is_refused_and_the_link_still_works(world, stranger):
    link = f"/welcome/{world.invite('dora', 'cats')}"

    reply = stranger.post(link, {"name": "Dora", "password": "short"})

    assert reply.status == 400
    assert "at least 10" in reply.text
    assert 'value="Dora"' in reply.text
    assert stranger.post(link, ANSWER).status == 303


def test_the_invited_cannot_choose_another_address(world, stranger):
    stranger.post(f"/welcome/{world.invite('dora', 'cats')}", {**ANSWER, "email": "alice@example.org"})

    assert "dora@example.org" in stranger.get("/work").text


def test_a_one_click_link_asks_for_nothing_and_leads_on(world, stranger):
    link = f"/welcome/{world.invite('alice', kind='signin', next_path='/work')}"

    assert "Continue as alice@example.org" in stranger.get(link).text
    assert stranger.post(link).location == "/work"
    assert stranger.get("/work").status == 200


def test_the_first_admin_chooses_an_address_and_sees_the_console(world, stranger):
    link = f"/welcome/{world.invite('admin', kind='admin', next_path='/console')}"

    reply = stranger.post(link, {**ANSWER, "email": "dora@example.org"})

    assert reply.location == "/console"
    assert stranger.get("/console").status == 200
