"""The console: admins only, invitations with their links, keys shown once, nobody locks themselves out."""

import os
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy import insert, select

from secondlook.hosting.logs.line import stamp
from secondlook.pages.console.people import page as people_page
from secondlook.review import access_key, deliveries, event_targets, events, people
from secondlook.review.decisions.event import DETAIL_TYPE
from secondlook.review.decisions.rights import SCOPES
from secondlook.store import tables
from tests.portal_world import PASSWORD, now

HOME = "/console/people"


@pytest.fixture
def root(world, enter):
    world.root = world.person("root", admin=True)
    return enter("root")


def ids(world):
    with world.store.read() as cx:
        return dict(cx.execute(select(tables.person.c.email, tables.person.c.id)).all())


def teams(world, email):
    with world.store.read() as cx:
        return people.teams_of(cx, people.person_by_email(cx, email).id)


def press(browser, path, **fields):
    return browser.post(path, {"csrf": browser.get(HOME).csrf, **fields})


@pytest.mark.parametrize("path", ["/console", "/console/endpoints", "/console/templates", HOME])
def test_a_worker_may_not_look(alice, path):
    reply = alice.get(path)

    assert reply.status == 403
    assert "Only admins" in reply.text


def test_a_worker_may_not_act(world, alice):
    fields = {"csrf": alice.get("/work").csrf, "name": "k", "scope": "requester"}

    assert alice.post(f"{HOME}/keys", fields).status == 403
    with world.store.read() as cx:
        assert access_key.every(cx) == []


def test_the_log_that_is_shown_first_is_that_of_the_instance_that_spoke_last(world, root):
    variant = {"VariantName": "all", "Weight": 1.0, "InstanceCount": 1, "Container": {"image": "i"}}
    row = {"name": "e", "config_name": "e", "variants": [variant], "status": "InService"}
    with world.store.write() as cx:
        cx.execute(insert(tables.endpoint).values(**row, created_at=now(), modified_at=now()))
    folder = world.services.settings.data / "logs" / "endpoints" / "e"
    folder.mkdir(parents=True)
    for number, (name, said) in enumerate([("all-1.log", "before"), ("all-1.g1.log", "since")]):
        (folder / name).write_bytes(stamp(now()) + f"{said} the update\n".encode())
        os.utime(folder / name, (number, number))

    assert "since the update" in root.get("/console/endpoints/e").text
    assert "before the update" in root.get("/console/endpoints/e?stream=all/1").text


def test_flow_definitions_are_counted(world, root):
    world.flow("fd", title="Find the cats")
    for number in range(3):
        world.loop("fd", f"loop-{number}")

    page = root.get("/console").text

    assert re.search(r'data-label="Open" class="number">3<', page)
    assert "loop-2" in page


def test_loops_can_be_narrowed_down(world, root):
    for flow in ("one", "two"):
        world.flow(flow)
        world.loop(flow, f"loop-of-{flow}")

    assert "loop-of-two" not in root.get("/console?flow=one").text
    assert "loop-of-one" not in root.get("/console?status=Failed").text


def test_an_empty_console_says_how_to_begin(root):
    assert "CreateFlowDefinition" in root.get("/console").text


def test_templates_are_listed_with_what_is_wrong_and_where(world, root):
    assert "There is no template yet" in root.get("/console/templates").text
    world.flow("good")
    world.flow("odd", template="<crowd-form>\n<crowd-boundingbox>\n{{ a | }}</crowd-form>")

    page = unescape(root.get("/console/templates").text)

    assert "did you mean <crowd-bounding-box>? (line 2, column 1)." in page
    assert "Expected a name, found end of expression (line 3, column 7)." in page
    assert page.index("ui-odd") < page.index("ui-good")
    assert ["2", "none"] == re.findall(r'data-label="Problems"><span[^>]*>([^<]*)</span>', page)


def test_a_warning_about_a_template_is_told_apart_from_a_problem(world, root):
    world.flow("warned", template="<crowd-form>{{ tsk.input }}</crowd-form>")

    page = unescape(root.get("/console/templates").text)

    assert "Warning: Nothing is called 'tsk.input' here; did you mean 'task.input'?" in page
    assert re.findall(r'<span class="badge (\w+)">([^<]*)</span>', page) == [("paused", "1 warning")]


def test_invited_people_get_links_that_work(root, stranger):
    page = press(root, f"{HOME}/invitations", emails="dora@example.org, Eve@example.org", team="cats").text

    links = re.findall(r'value="http://localhost:8700(/welcome/[^"]+)"', page)
    assert len(links) == 2
    assert stranger.post(links[0], {"name": "Dora", "password": PASSWORD}).status == 303
    assert "cats" in stranger.get("/work").text


def test_an_invitation_owes_a_mail_whose_link_is_sealed(world, root):
    page = press(root, f"{HOME}/invitations", emails="dora@example.org", team="cats").text

    token = re.search(r"/welcome/([^\"]+)", page)[1]
    with world.store.read() as cx:
        (payload,) = cx.scalars(select(tables.duty.c.payload).where(tables.duty.c.kind == "send-mail")).all()
    assert token not in str(payload)
    assert world.services.vault.open(payload["token"].encode()) == token


def test_who_has_an_account_just_joins(world, root):
    world.team("dogs")

    page = press(root, f"{HOME}/invitations", emails="alice@example.org", team="dogs").text

    assert "alice@example.org" in page[page.index("Links made just now") : page.index("has joined before")]
    assert ["cats", "dogs"] == teams(world, "alice@example.org")
    assert "/welcome/" not in page


@pytest.mark.parametrize(
    "emails", ["", "no-address", "good@example.org no-address", " ".join(f"a{n}@x.org" for n in range(51))]
)
def test_one_wrong_address_invites_nobody(world, root, emails):
    before = ids(world)

    reply = press(root, f"{HOME}/invitations", emails=emails, team="cats")

    assert reply.status == 400
    assert "Nobody was invited" in reply.text
    assert ids(world) == before


def test_a_new_work_team(root):
    assert press(root, f"{HOME}/teams", name="dogs", contact="Dan").status == 303
    assert "dogs" in root.get(HOME).text


@pytest.mark.parametrize(
    ("name", "message"), [("cats", "exists already"), ("two words", "cannot name"), ("", "cannot name")]
)
def test_a_work_team_that_cannot_be(root, name, message):
    reply = press(root, f"{HOME}/teams", name=name)

    assert reply.status == 400
    assert message in reply.text


def test_switched_off_one_is_out_at_once_and_back_when_switched_on(world, root, alice, stranger):
    number = ids(world)["alice@example.org"]

    press(root, f"{HOME}/{number}/off")
    assert alice.get("/work").status == 303
    assert stranger.post("/sign-in", {"email": "alice@example.org", "password": PASSWORD}).status == 403

    press(root, f"{HOME}/{number}/on")
    assert stranger.post("/sign-in", {"email": "alice@example.org", "password": PASSWORD}).status == 303


def test_an_admin_cannot_switch_themselves_off(world, root):
    assert press(root, f"{HOME}/{world.root}/off").status == 400
    assert root.get("/console").status == 200


def test_a_removed_member_sees_no_task_of_the_team(world, root, alice):
    world.flow("fd", title="Find the cats")

    press(root, f"{HOME}/{ids(world)['alice@example.org']}/leave", team="cats")

    assert "Find the cats" not in alice.get("/work").text


def test_making_an_admin_asks_and_names_whom(world, root, alice):
    page = root.get(HOME).text
    number = ids(world)["alice@example.org"]
    dialog = page[page.index(f'<dialog id="admin-{number}"') :].partition("</dialog>")[0]

    assert f'data-opens="admin-{number}"' in page
    assert "<strong>alice@example.org</strong>" in dialog
    assert 1 == page.count(f'action="{HOME}/{number}/admin"')
    assert f'action="{HOME}/{number}/admin"' in dialog


def test_a_key_for_a_bucket_that_is_not_there_is_made_with_a_warning(root):
    page = unescape(press(root, f"{HOME}/keys", name="k", scope="requester", buckets="nope").text)

    assert "The bucket 'nope' does not exist" in page


def test_the_last_day_of_a_key_is_shown_as_it_was_typed(root):
    page = press(root, f"{HOME}/keys", name="k", scope="requester", expires="2090-01-31").text

    assert "end of 31 Jan 2090, UTC" in page


def test_people_beyond_the_first_are_not_left_out_in_silence(world, root):
    assert "secondlook people list" not in root.get(HOME).text
    with world.store.write() as cx:
        for number in range(people_page.MOST):
            people.ensure_person(cx, f"z{number:03}@example.org", now())
    page = root.get(HOME).text

    assert "These are the first 500 by address; <code>secondlook people list</code> shows everybody." in page
    assert people_page.MOST == page.count('data-label="Work teams"')


def test_an_admin_makes_another(world, root, alice):
    press(root, f"{HOME}/{ids(world)['alice@example.org']}/admin")

    assert alice.get("/console").status == 200


def test_every_wrong_address_of_a_list_is_named(root):
    page = unescape(press(root, f"{HOME}/invitations", emails="ada@x.org, foo, b@", team="cats").text)

    assert (
        "'foo' and 'b@' are not e-mail addresses; one looks like name@example.org. Nobody was invited."
        in page
    )


def test_a_reset_lets_somebody_who_has_joined_choose_another_password(world, root, alice, stranger):
    page = press(root, f"{HOME}/{ids(world)['alice@example.org']}/password").text
    link = re.search(r"/welcome/[^\"]+", page)[0]
    assert stranger.post("/sign-in", {"email": "alice@example.org", "password": PASSWORD}).status == 303

    shown = stranger.get(link).text
    assert "Choose another password" in shown
    assert "Your name" not in shown
    stranger.post(link, {"password": "another long password"})
    stranger.cookies.clear()

    assert alice.get("/work").status == 303
    assert stranger.post("/sign-in", {"email": "alice@example.org", "password": PASSWORD}).status == 403
    assert (
        stranger.post("/sign-in", {"email": "alice@example.org", "password": "another long password"}).status
        == 303
    )


def test_joining_and_resetting_are_offered_to_whom_they_are_for(world, root):
    world.invite("dora", "cats")
    number = ids(world)
    press(root, f"{HOME}/{number['bob@example.org']}/off")
    page = root.get(HOME).text

    def offered(act, email):
        return f'action="{HOME}/{number[email]}/{act}"' in page

    assert offered("link", "dora@example.org")
    assert not offered("password", "dora@example.org")
    assert offered("password", "alice@example.org")
    assert not offered("link", "alice@example.org")
    assert not offered("password", "bob@example.org")
    assert "has not joined yet" in press(root, f"{HOME}/{number['dora@example.org']}/password").text
    assert "switched off" in press(root, f"{HOME}/{number['bob@example.org']}/password").text
    assert "/welcome/" not in press(root, f"{HOME}/{number['alice@example.org']}/link").text


def test_switching_off_asks_before(world, root):
    page = root.get(HOME).text
    number = ids(world)["alice@example.org"]

    dialog = page[page.index(f'<dialog id="off-{number}"') :].partition("</dialog>")[0]
    assert f'action="{HOME}/{number}/off"' in dialog
    assert 1 == page.count(f'action="{HOME}/{number}/off"')


def test_the_secret_of_a_key_is_shown_once(world, root):
    page = press(root, f"{HOME}/keys", name="notebook", scope="runtime").text

    with world.store.read() as cx:
        (key,) = access_key.every(cx)
        secret = world.services.vault.open(access_key.find(cx, key.key_id).secret)
    assert ("notebook", "runtime") == (key.name, key.scope)
    assert secret in page
    assert secret not in root.get(HOME).text


def test_a_key_is_bound_and_ends_where_the_form_says_so(world, root):
    press(
        root, f"{HOME}/keys", name="robot", scope="runtime", buckets="pictures, answers", expires="2999-01-31"
    )
    with world.store.write() as cx:
        (key,) = access_key.every(cx)
        access_key.note_uses(cx, {key.key_id: (datetime.now(UTC), "192.0.2.7")})
    page = root.get(HOME).text

    assert ["answers", "pictures"] == key.buckets
    assert datetime(2999, 2, 1, tzinfo=UTC) == key.expires_at  # the day itself counts
    assert "answers, pictures" in page
    assert "from 192.0.2.7" in page


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"brings_code": "yes", "scope": "requester"}, "yes"),
        ({"scope": "requester"}, "no"),
        ({"scope": "admin"}, "yes"),
    ],
)
def test_a_key_brings_code_where_the_form_says_so(world, root, fields, shown):
    press(root, f"{HOME}/keys", name="models", **fields)
    with world.store.read() as cx:
        (key,) = access_key.every(cx)

    assert ("brings_code" in fields) == key.brings_code
    assert f'<td data-label="Brings code">{shown}</td>' in root.get(HOME).text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"scope": "runtime", "brings_code": "yes"}, "makes no models"),
        ({"scope": "runtime", "expires": "soon"}, "is no day"),
        ({"scope": "runtime", "expires": "2020-01-01"}, "which is past"),
        ({"scope": "runtime", "buckets": "No_Bucket"}, "no name of a bucket"),
        ({"scope": "admin", "buckets": "pictures"}, "cannot be bound to buckets"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_the_reason(root, fields, reason):
    reply = press(root, f"{HOME}/keys", name="x", **fields)

    assert 400 == reply.status
    assert reason in unescape(reply.text)


@pytest.mark.parametrize(
    ("path", "dialog", "fields"),
    [
        (
            "keys",
            "key-dialog",
            {"name": "robot-7", "scope": "runtime", "buckets": "No_Bucket", "expires": "2999-01-31"},
        ),
        (
            "teams",
            "team-dialog",
            {"name": "not a name", "description": "who looks", "contact": "Ada <ada@x.org>"},
        ),
        ("invitations", "invite-dialog", {"emails": "ada@x.org, nonsense\nBOB@X.ORG other-nonsense"}),
    ],
)
def test_a_form_that_is_refused_stands_open_as_it_was_filled_in(root, path, dialog, fields):
    page = press(root, f"{HOME}/{path}", **fields).text

    form = unescape(page[page.index(f'<dialog id="{dialog}"') :].partition("</dialog>")[0])
    assert "data-reopens" in form
    assert all(value in form for value in fields.values())
    assert 1 == page.count("data-reopens")


def test_the_console_says_what_each_scope_may_do(root):
    page = unescape(root.get(HOME).text)

    assert all(f"<dt><code>{scope}</code></dt><dd>{what}</dd>" in page for scope, what in SCOPES.items())


def test_a_delivery_that_fails_shows_its_reason(world, root):
    detail = {"humanLoopName": "loop-1", "flowDefinitionArn": "arn:aws:x/fd", "humanLoopStatus": "Completed"}
    with world.store.write() as cx:
        event_targets.add(
            cx, "webhook", {"url": "https://example.org/hook"}, b"sealed", None, datetime.now(UTC)
        )
        events.publish(
            cx, {"id": "e-1", "detail-type": DETAIL_TYPE, "detail": detail}, "fd", datetime.now(UTC)
        )
        deliveries.failed(cx, 1, None, "the delivery could not start: no way", datetime.now(UTC))

    assert re.search(r">\s*the delivery could not start: no way\s*<", root.get("/console").text)


def test_a_revoked_key_is_gone_from_the_list(world, root):
    press(root, f"{HOME}/keys", name="notebook", scope="requester")
    with world.store.read() as cx:
        (key,) = access_key.every(cx)

    press(root, f"{HOME}/keys/{key.key_id}/revoke")

    assert key.key_id not in root.get(HOME).text


def test_a_made_up_scope_is_refused(root):
    assert press(root, f"{HOME}/keys", name="x", scope="everything").status == 400


def test_a_person_who_is_not_there(root):
    assert press(root, f"{HOME}/999/off").status == 404
