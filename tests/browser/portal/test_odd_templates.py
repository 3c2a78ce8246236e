"""Templates that are no `crowd-form` after our library: they work, or the page says what stops it, to the worker and the requester."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.running import eventually

from .conftest import Task

AMAZON = "https://assets.crowd.aws/crowd-html-elements.js"
FIELD = '<label>Reply <input name="reply" required></label>'
FORM = f"<crowd-form>{FIELD}</crowd-form>"

WHOLE = f"""<!-- a review --><!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Review</title><script src="{AMAZON}"></script></head>
<body class="review"><main>{FORM}</main></body></html>"""

INJECTED = f"""<script>
  const library = document.createElement('script');
  library.src = '{AMAZON}';
  library.onload = () => {{ document.querySelector('main').innerHTML = `{FORM}`; }};
  document.head.append(library);
</script><main></main>"""

BUILT_ADDRESS = INJECTED.replace(
    f"'{AMAZON}'", "'https://assets.crowd.aws/' + 'crowd-html-elements.js'"
).replace("library.onload", "library.onload = library.onerror")

FETCHED = f"""<main></main><script type="module">
  await import('{AMAZON}');
  document.querySelector('main').innerHTML = `{FORM}`;
</script>"""

MAPPED = f"""<script type="importmap">{{"imports": {{"form": "data:text/javascript,export default `{FORM.replace('"', "%22")}`"}}}}</script><main></main>
<script type="module">import form from 'form'; document.querySelector('main').innerHTML = form</script>
<template><crowd-keypoint></crowd-keypoint></template>"""

MTURK = """<!DOCTYPE html><html><head>
<meta http-equiv='Content-Type' content='text/html; charset=UTF-8'/>
<script type='text/javascript' src='https://s3.amazonaws.com/mturk-public/externalHIT_v1.js'></script>
<script src="%s"></script>
</head><body>
<form name='mturk_form' method='post' id='mturk_form' action='https://www.mturk.com/mturk/externalSubmit'%s>
<input type='hidden' value='' name='assignmentId' id='assignmentId'/>
<label>Reply <textarea name="reply" required></textarea></label>%s</form>
<script language='Javascript'>turkSetAssignmentID(); document.title = turkGetSubmitToHost();</script>
</body></html>"""
BUTTON = "<input type='submit' id='submitButton' value='Send it'/>"

POLICY = """<html><head><meta http-equiv="Content-Security-Policy" content="%s"></head><body>
<crowd-form><label>Reply <input name="reply"></label><p></p></crowd-form>
<script>
  document.querySelector('p').innerHTML = `<crowd-keypoint name="points" src="/none.png" labels="['eye']"></crowd-keypoint>`;
</script></body></html>"""

DONE = "/work?notice=done"

SWALLOWED = f'<script src="{AMAZON}"></script><script src="/none.js" />{FORM}'

WRITTEN = f"""<main></main><script>setTimeout(() => {{
  document.querySelector('main').innerHTML = `<form>{FIELD}<button>Send it</button></form>`;
}})</script>"""


def submit(task: Task, name: str = "Submit") -> None:
    """Fill in the reply, and hand it in as a worker does."""
    task.reply.fill("a cat")
    task.frame.get_by_role("button", name=name).click()
    expect(task.page).to_have_url(DONE)


@pytest.mark.parametrize(
    "template",
    [
        WHOLE,
        INJECTED,
        BUILT_ADDRESS,
        FETCHED,
        MAPPED,
        f'{FORM}<script src="{AMAZON}"/>',
        f'<meta http-equiv="refresh" content="0; url=/static/portal.css">{FORM}',
        f'<script src="{AMAZON}"></script>{FORM}<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>',
    ],
    ids=[
        "whole",
        "injected",
        "address-built",
        "imported",
        "mapped",
        "self-closed-script",
        "refresh",
        "mturk-beside",
    ],
)
def test_it_works(world, at, template):
    submit(at(template).ready())

    assert world.answer(1) == {"reply": "a cat"}
    assert world.reports == []


def test_a_form_of_mechanical_turk_is_checked_kept_and_handed_in(world, at):
    task = at(MTURK % (AMAZON, "", BUTTON)).ready()
    assert task.inside.evaluate("document.title") == "https://www.mturk.com"
    expect(task.frame.get_by_role("button")).to_have_count(1)
    task.frame.get_by_role("button", name="Send it").click()
    expect(task.frame.get_by_role("alert")).to_contain_text("Reply: ")

    task.write("half")
    task.page.reload()
    expect(task.ready().reply).to_have_value("half")

    submit(task, "Send it")
    assert world.answer(1) == {"reply": "a cat"}


def test_a_form_without_a_button_gets_one(world, at):
    task = at(MTURK % (AMAZON, "", "")).ready()

    submit(task)

    assert world.answer(1) == {"reply": "a cat"}


@pytest.mark.parametrize(
    ("attributes", "script"),
    [
        ("", "mturk_form.submit()"),
        ("", "mturk_form.requestSubmit()"),
        ("", "HTMLFormElement.prototype.submit.call(mturk_form)"),
        (" onsubmit='event.preventDefault(); this.submit()'", "mturk_form.requestSubmit()"),
        (" onsubmit='this.submit()'", "submitButton.click()"),
    ],
)
def test_a_script_hands_a_plain_form_in_once(world, at, attributes, script):
    task = at(MTURK % (AMAZON, attributes, BUTTON)).ready()
    sent = []
    task.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    task.reply.fill("a cat")

    task.inside.evaluate(f"() => {{ {script} }}")

    expect(task.page).to_have_url(DONE)
    assert world.answer(1) == {"reply": "a cat"}
    assert len([url for url in sent if url.endswith("/submit")]) == 1
    assert not [url for url in sent if "mturk.com" in url]


def test_a_plain_form_whose_handler_objects_is_not_handed_in(world, at):
    task = at(MTURK % (AMAZON, " onsubmit='return false'", BUTTON)).ready()
    task.reply.fill("a cat")

    task.frame.get_by_role("button", name="Send it").click()

    expect(task.frame.get_by_role("button", name="Send it")).to_be_enabled()
    assert world.assignment(1).state == "active"


def test_a_plain_form_that_a_script_makes_later_is_handed_in_all_the_same(world, at):
    task = at(WRITTEN).ready()

    submit(task, "Send it")

    assert world.answer(1) == {"reply": "a cat"}


def test_a_form_for_something_else_is_left_alone(at):
    task = at(
        f"<form target='_blank' action='/static/portal.css'><button>Look it up</button></form>{FORM}"
    ).ready()

    with task.page.context.expect_page():
        task.frame.get_by_role("button", name="Look it up").click()

    task.reply.fill("still here")


def test_a_policy_of_the_page_that_keeps_an_element_out_is_named_to_worker_and_requester(world, at):
    task = at(POLICY % "script-src 'unsafe-inline'")

    said = "The page has a Content-Security-Policy in <meta>, whose script-src-elem keeps "
    expect(task.frame.get_by_text("The element crowd-keypoint could not be loaded")).to_be_visible()
    eventually(lambda: task.page.evaluate("1") and any(report.startswith(said) for report in world.reports))
    expect(task.banner).to_be_visible()


def test_a_policy_of_the_page_that_allows_its_own_site_keeps_nothing_out(at):
    task = at(POLICY % "default-src 'self' 'unsafe-inline'").ready()

    task.wait("document.querySelector('crowd-keypoint').value !== undefined")


def test_a_form_that_a_script_tag_swallows_is_told_to_worker_and_requester(world, at):
    task = at(SWALLOWED)

    said = "There is no <crowd-form> on the page, so nobody can submit it: the one in the template is part of the <script> before it, which needs its </script>."
    expect(task.banner).to_contain_text(said.removesuffix("."))
    eventually(lambda: task.page.evaluate("1") and said in world.reports)


@pytest.mark.parametrize(
    "script",
    ["location.reload()", "location = '/static/portal.css'", "location = 'data:text/html,x'"],
    ids=["reload", "elsewhere", "data"],
)
def test_a_page_that_leads_itself_away_is_told_to_worker_and_requester(world, at, script):
    task = at(f'{FORM}<button onclick="{script}">Away</button>').ready()
    task.write("half")

    task.frame.get_by_role("button", name="Away").click()

    expect(task.banner).to_contain_text("The task page led itself to another page. Your draft is kept.")
    eventually(
        lambda: task.page.evaluate("1") and "The task page led itself to another page." in world.reports
    )
    task.banner.get_by_role("button", name="Show the task again").click()
    expect(task.ready().reply).to_have_value("half")
