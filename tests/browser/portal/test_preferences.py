"""What a worker likes comes with the next task, after a reload and on another machine; to nobody else, and nowhere else."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Response, expect
from sqlalchemy import select

from secondlook.store import tables
from tests.running import eventually

from .conftest import Task, Worker, held

PICTURE = """data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'><rect width='600' height='400' fill='grey'/></svg>"""

LABELS = {"labels": ["car", "bus", "tram"]}

TEMPLATE = """<crowd-form><crowd-bounding-box name="boxes" header="Boxes" src="PICTURE" labels="{{ task.input.labels | to_json | escape }}">
  <short-instructions>Look well.</short-instructions></crowd-bounding-box></crowd-form>""".replace(
    "PICTURE", PICTURE
)

DRAW = "Draw: a drag, or two clicks on corners"

STEALS = """<script>
  const {set} = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {set(listener) {
    window.stolen = this;
    this.addEventListener('message', ({data}) => { if (data.type === 'preferences') window.liked = data.preferences; });
    set.call(this, listener);
  }});
</script><crowd-form><input name=reply aria-label=Reply></crowd-form>"""


class _Saved:
    """Is this the response after which all of these preferences are on the server? Quick choices come in one request or in several."""

    def __init__(self, *names: str) -> None:
        self.missing = set(names)

    def __call__(self, response: Response) -> bool:
        if response.url.endswith("/flows/fd/preferences"):
            self.missing -= set(response.request.post_data_json["preferences"])
        return not self.missing


class Editor(Worker):
    """A worker at a tool for boxes."""

    def start(self, flow: str = "fd") -> Editor:
        self.page.locator(f"#start-{flow}").click()
        return self.ready()

    def ready(self) -> Editor:
        expect(self.page.locator("#page:not([aria-busy])")).to_be_attached()
        expect(self.frame.get_by_role("option").first).to_be_visible()
        return self

    @property
    def mode(self):
        return self.frame.get_by_role("toolbar").locator("[aria-pressed=true]")

    @property
    def label(self):
        return self.frame.get_by_role("listbox").locator("[aria-selected=true] .name")

    @property
    def instructions(self):
        return self.frame.get_by_role("button", name="Instructions", exact=True)

    def choose(self) -> None:
        """Another mode, label and pane than at first, and wait until they are on the server."""
        expect(self.mode).to_have_attribute("aria-label", DRAW)
        expect(self.instructions).to_have_attribute("aria-expanded", "true")
        with self.page.expect_response(_Saved("label", "mode", "panes")) as response:
            self.frame.get_by_role("option", name="bus").click()
            self.frame.get_by_role("button", name="Select", exact=True).click()
            self.instructions.click()
        assert response.value.ok

    def expect_chosen(self) -> None:
        expect(self.mode).to_have_attribute("aria-label", "Select")
        expect(self.label).to_have_text("bus")
        expect(self.instructions).to_have_attribute("aria-expanded", "false")

    def expect_untouched(self) -> None:
        expect(self.mode).to_have_attribute("aria-label", DRAW)
        expect(self.label).to_have_text("car")
        expect(self.instructions).to_have_attribute("aria-expanded", "true")

    def submit_nothing(self) -> None:
        self.frame.get_by_text("Nothing to label").click()
        self.frame.get_by_role("button", name="Submit").click()


@pytest.fixture
def flows(world):
    for name in ("fd", "other"):
        world.flow(name, template=TEMPLATE)
        for number in (1, 2, 3):
            world.loop(name, f"{name}-{number}", LABELS)


@pytest.fixture
def editor(flows, enter) -> Editor:
    return Editor(enter(viewport={"width": 1400, "height": 800})).start()


def kept(world) -> dict[str, object]:
    """What the server has of Alice in the first flow definition."""
    with world.store.read() as cx:
        return cx.scalar(select(tables.preference.c.content)) or {}


def test_the_next_task_has_it_at_once(editor):
    saves = held(editor.page, "**/flows/fd/preferences")
    editor.frame.get_by_role("option", name="bus").click()
    editor.frame.get_by_role("button", name="Select", exact=True).click()
    editor.instructions.click()

    editor.submit_nothing()

    expect(editor.page).to_have_url("/tasks/2")
    editor.ready().expect_chosen()
    for save in saves:
        save.abort()


def test_so_has_the_same_task_after_a_reload(editor):
    editor.choose()
    editor.page.reload()

    editor.ready().expect_chosen()


def test_so_has_another_browser(editor, enter):
    editor.choose()
    other = Editor(enter(path="/tasks/1", viewport={"width": 1400, "height": 800}))

    other.ready().expect_chosen()


def test_what_was_changed_just_before_the_page_went_is_kept(editor, world):
    editor.frame.get_by_role("button", name="Select", exact=True).click()
    expect(editor.mode).to_have_attribute("aria-label", "Select")
    editor.page.goto("/work")

    eventually(lambda: kept(world) == {"mode": "select"})


def test_another_worker_has_it_not(editor, enter):
    editor.choose()
    bob = Editor(enter("bob", viewport={"width": 1400, "height": 800})).start()

    bob.expect_untouched()


def test_another_flow_definition_has_it_not(editor):
    editor.choose()
    editor.page.goto("/work")

    Editor(editor.page).start("other").expect_untouched()


def test_a_label_that_is_not_offered_gives_way_to_the_first(editor, world):
    editor.choose()
    world.loop("fd", "without", {"labels": ["plane", "boat"]})
    for number in (2, 3):
        editor.submit_nothing()
        expect(editor.page).to_have_url(f"/tasks/{number}")
        editor.ready()
    editor.submit_nothing()
    expect(editor.page).to_have_url("/tasks/4")

    expect(editor.ready().label).to_have_text("plane")
    expect(editor.mode).to_have_attribute("aria-label", "Select")


def test_what_was_submitted_is_shown_so_and_remembers_nothing(editor, world):
    editor.choose()
    before = kept(world)
    editor.submit_nothing()
    expect(editor.page).to_have_url("/tasks/2")
    asked: list[str] = []
    editor.page.on("request", lambda request: asked.append(request.url))
    editor.page.goto("/tasks/1/submitted")
    expect(editor.ready().instructions).to_have_attribute("aria-expanded", "false")

    editor.instructions.click()
    expect(editor.instructions).to_have_attribute("aria-expanded", "true")
    editor.page.goto("/work")

    assert [] == [url for url in asked if url.endswith("/preferences")]
    assert before == kept(world)


def test_a_server_that_is_away_is_no_word_to_the_worker(editor, world):
    editor.page.route("**/flows/fd/preferences", lambda route: route.abort())
    with editor.page.expect_event("requestfailed"):
        editor.frame.get_by_role("option", name="bus").click()
    editor.page.unroute("**/flows/fd/preferences")

    with editor.page.expect_response("**/flows/fd/preferences") as response:
        editor.frame.get_by_role("button", name="Select", exact=True).click()

    assert {"label": "bus", "mode": "select"} == json.loads(response.value.request.post_data)["preferences"]
    expect(editor.banner).to_be_hidden()
    assert {"label": "bus", "mode": "select"} == kept(world)


def test_own_keys_are_there_on_another_machine(editor, enter):
    editor.frame.get_by_role("button", name="Keyboard shortcuts").click()
    editor.frame.get_by_role("button", name="Change the keys of labels…").click()
    with editor.page.expect_response("**/flows/fd/preferences"):
        editor.frame.get_by_label("Key of tram").press("W")
    other = Editor(enter(path="/tasks/1", viewport={"width": 1400, "height": 800})).ready()

    expect(other.frame.get_by_role("option", name="tram").locator(".key")).to_have_text("W")
    other.frame.locator(".surface").press("w")
    expect(other.label).to_have_text("tram")


def send(task: Task, *messages: str) -> None:
    task.wait("window.stolen")
    task.inside.evaluate(
        f"() => {{ for (const message of [{', '.join(messages)}]) stolen.postMessage(message); }}"
    )


def preference(name: str, value: str) -> str:
    return f"{{type: 'preference', name: {name!r}, value: {value}}}"


def test_of_a_hostile_page_only_what_has_room_is_kept(at, world):
    task = at(STEALS)
    expect(task.page.locator("#page:not([aria-busy])")).to_be_attached()
    circle = "(() => { const circle = []; circle.push(circle); return circle; })()"
    deep = (
        "(() => { let deep = 1; for (let level = 0; level < 1000; level++) deep = [deep]; return deep; })()"
    )
    holes = "Object.assign([], {length: 2 ** 32 - 1})"
    with task.page.expect_response("**/flows/fd/preferences") as response:
        send(
            task,
            *(preference(f"a{number}", "'x'.repeat(4000)") for number in range(5)),
            preference("large", "'x'.repeat(4095)"),
            *(preference("odd", odd) for odd in (circle, deep, holes, "new Uint8Array(9)", "1n")),
            *(preference(name, "1") for name in ("__proto__", "Mode", "a b", "x" * 41)),
            preference("constructor", "'</script><b>'"),
            *(preference(f"b{number}", "1") for number in range(60)),
        )
    assert response.value.ok

    names = {"a0", "a1", "a2", "a3", "constructor", *(f"b{number}" for number in range(35))}
    assert names == kept(world).keys()
    task.page.reload()
    task.wait("window.liked")
    assert names == set(task.inside.evaluate("Object.keys(liked)"))
    assert "</script><b>" == task.inside.evaluate("liked.constructor")
    task.write("still at work")


@pytest.mark.parametrize(
    "value", ["{}", "7", "'erase'", "[['select']]", "{'car': {'a': 1}, 'bus': 'long', 'tram': 'é'}", "true"]
)
def test_tools_take_nothing_that_is_not_theirs(world, enter, value):
    world.flow("fd", template=TEMPLATE)
    world.loop("fd", "fd-1", LABELS)
    names = ("mode", "label", "panes", "keys", "textSize")
    content = json.loads(value.replace("'", '"'))
    page: Page = enter(viewport={"width": 1400, "height": 800})
    page.locator("#start-fd").click()
    Editor(page).ready()
    with world.store.write() as cx:
        row = {
            "person_id": cx.scalar(select(tables.assignment.c.person_id)),
            "flow_id": 1,
            "updated_at": datetime.now(UTC),
        }
        cx.execute(tables.preference.insert().values(content=dict.fromkeys(names, content), **row))
    page.reload()

    editor = Editor(page).ready()
    expect(editor.mode).to_have_attribute("aria-label", DRAW)
    expect(editor.label).to_have_text("car")
    expect(editor.instructions).to_have_attribute("aria-expanded", re.compile("true"))
    editor.submit_nothing()
    expect(page).to_have_url(re.compile("notice=done"))
