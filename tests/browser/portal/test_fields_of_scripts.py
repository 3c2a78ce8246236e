"""Fields that a template's script makes, and values that it sets, are part of the draft like any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.running import eventually

from .conftest import Worker

FORM = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script><crowd-form>%s</crowd-form>'

ROWS = """<input name="reply"><div id="rows"></div>
<button type="button" id="add" onclick="rows.append(Object.assign(document.createElement('input'), {name: 'row'}))">Add</button>
<button type="button" id="remove" onclick="rows.lastChild.remove()">Remove</button>"""

NAMED_LATER = (
    ROWS.replace("{name: 'row'}", "{oninput: null}").replace("rows.append(", "rows.append(globalThis.row = ")
    + '<button type="button" id="name" onclick="row.name = \'row\'">Name</button>'
)

ASKS_WHY = (
    """<input name="reply"><select name="kind" onchange="%s"><option>1<option>2</select><p id="place"></p>"""
)
WHY = "place.innerHTML = this.value === '2' ? '<input name=why>' : ''"
WHY_LATER = f"setTimeout(() => {{ {WHY} }}, 50)"

ASKS_ABOVE = """<p id="place"><input name="why"></p><input name="reply">
<select name="kind" onchange="place.innerHTML = '<input name=why>'"><option>1<option>2</select>"""

CITIES = """<input name="reply"><select name="kind" onchange="setTimeout(() => { why.innerHTML = '<option>a<option>b'; }, 50)">
<option>1<option>2</select><select name="why" id="why"></select>"""

SETS = """<input name="reply"><%s name="kind" id="kind"%s>
<button type="button" id="cat" onclick="event.stopPropagation(); %s">Cat</button>"""
AT_ONCE = "kind.value = 'cat'"
LATER = "setTimeout(() => { kind.value = 'cat' }, 300)"


@pytest.fixture
def working(world, enter) -> Callable[[str], Worker]:
    """Alice at a task with these fields."""

    def start(fields: str) -> Worker:
        world.flow("fd", template=FORM % fields)
        world.loop("fd", "loop-1")
        return Worker(enter()).start()

    return start


def state(world) -> dict[str, object]:
    draft = world.draft(1)
    return draft["state"]["fields"] if draft else {}


def reloaded(worker: Worker) -> Worker:
    worker.page.reload()
    return worker.ready()


def test_what_a_draft_holds_for_a_field_that_is_not_there_is_kept_and_comes_back_with_it(world, working):
    worker = working(ROWS)
    worker.frame.locator("#add").click()
    worker.frame.locator("[name=row]").fill("first")
    eventually(lambda: state(world) == {"reply#0": "", "row#0": "first"})

    reloaded(worker)
    notice = worker.frame.get_by_role("status")
    expect(notice).to_contain_text("Your draft holds more than the page shows: row.")
    worker.write("more")
    assert state(world) == {"reply#0": "more", "row#0": "first"}

    reloaded(worker)
    expect(notice).to_be_visible()
    worker.frame.locator("#add").click()
    expect(worker.frame.locator("[name=row]")).to_have_value("first")
    expect(notice).to_be_hidden()


def test_a_field_that_was_back_and_is_removed_stays_removed(world, working):
    worker = working(ROWS)
    worker.frame.locator("#add").click()
    worker.frame.locator("[name=row]").fill("first")
    eventually(lambda: state(world).get("row#0") == "first")
    reloaded(worker)
    worker.frame.locator("#add").click()
    expect(worker.frame.locator("[name=row]")).to_have_value("first")

    worker.frame.locator("#remove").click()

    eventually(lambda: state(world) == {"reply#0": ""})
    worker.frame.locator("#add").click()
    expect(worker.frame.locator("[name=row]")).to_have_value("")


def test_a_field_that_gets_its_name_later_is_filled_then(world, working):
    worker = working(NAMED_LATER)
    for press in ("#add", "#name"):
        worker.frame.locator(press).click()
    worker.frame.locator("[name=row]").fill("first")
    eventually(lambda: state(world).get("row#0") == "first")
    reloaded(worker)

    for press in ("#add", "#name"):
        worker.frame.locator(press).click()

    expect(worker.frame.locator("[name=row]")).to_have_value("first")


@pytest.mark.parametrize("template", [ASKS_WHY % WHY, ASKS_WHY % WHY_LATER, ASKS_ABOVE])
def test_a_field_that_restoring_another_makes_is_filled_too(world, working, template):
    worker = working(template)
    kind, why = worker.frame.locator("[name=kind]"), worker.frame.locator("[name=why]")
    kind.select_option("2")
    why.fill("because")
    eventually(lambda: state(world).get("why#0") == "because")

    reloaded(worker)

    expect(why).to_have_value("because")
    expect(kind).to_have_value("2")
    worker.write("more")
    assert state(world) == {"reply#0": "more", "kind#0": ["2"], "why#0": "because"}


def test_a_choice_whose_options_come_later_is_made_then(world, working):
    worker = working(CITIES)
    worker.frame.locator("[name=kind]").select_option("2")
    worker.frame.locator("#why").select_option("b")
    eventually(lambda: state(world).get("why#0") == ["b"])

    reloaded(worker)

    expect(worker.frame.locator("#why")).to_have_value("b")


@pytest.mark.parametrize("change", [AT_ONCE, LATER])
@pytest.mark.parametrize("field", [("input", ' type="hidden"'), ("textarea", "></textarea")])
def test_a_value_that_a_script_sets_on_a_click_is_a_draft(world, working, field, change):
    worker = working(SETS % (*field, change))

    worker.frame.locator("#cat").click()

    expect(worker.page.locator("#saved")).to_have_text("Draft saved")
    assert state(world) == {"reply#0": "", "kind#0": "cat"}
    reloaded(worker)
    expect(worker.frame.locator("#kind")).to_have_value("cat")


def test_a_value_that_a_script_sets_on_a_key_is_a_draft(world, working):
    worker = working(
        """<input name="reply"><input type="hidden" name="kind" id="kind">
        <script>addEventListener('keydown', ({key}) => { if (key === 'c') kind.value = 'cat'; });</script>"""
    )

    worker.frame.locator("body").press("c")

    eventually(lambda: state(world).get("kind#0") == "cat")


def test_a_handler_that_stops_the_event_stops_no_draft(world, working):
    worker = working(
        '<input name="reply" oninput="event.stopPropagation()" onchange="event.stopPropagation()">'
    )

    worker.reply.fill("half")

    eventually(lambda: state(world) == {"reply#0": "half"})


def test_a_click_that_changes_nothing_is_no_draft(world, working):
    worker = working(SETS % ("input", "", ""))

    worker.frame.locator("#cat").click()
    worker.frame.locator("#kind").click()
    worker.page.get_by_role("link", name="All tasks").first.click()

    expect(worker.page).to_have_url("/work")
    assert world.draft(1) is None
