"""crowd-form: what it collects, when, and how often (`crowd-elements/form-and-inputs.md` of the facts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Answer = Callable[[Page], Any]

LIBRARY = '<script src="/crowd-html-elements.js"></script>'


def submit(page: Page) -> None:
    page.evaluate("document.querySelector('crowd-form').submit()")


def shown(page: Page, answer: Answer) -> Any:
    """The answer after it was handed in."""
    expect(page.locator("#answers-box")).to_be_visible()
    return answer(page)


def test_children_stand_in_a_real_form_in_the_light_tree(open_page: Open) -> None:
    page = open_page('<crowd-form id="task"><p id="text">Hello</p><input id="word" name="word"></crowd-form>')

    assert page.evaluate("task.querySelector('form') === task.form")
    assert page.evaluate("word.form === task.form && text.parentElement === task.form")


def test_a_script_that_runs_before_the_page_is_parsed_gets_the_form(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form id="task"><input name="first" value="1">
        <script>
          const early = document.createElement('input');
          early.name = 'early'; early.value = '2';
          document.querySelector('crowd-form').form.appendChild(early);
        </script>
        <input name="last" value="3"></crowd-form>"""
    )
    submit(page)

    assert shown(page, answer) == {"early": "2", "first": "1", "last": "3"}


@pytest.mark.parametrize("tag", ["constructor", "tostring", "hasownproperty"])
def test_an_element_of_any_name_stands_in_nobodys_way(open_page: Open, answer: Answer, tag: str) -> None:
    page = open_page(f"<crowd-form><{tag}>Text</{tag}><input name='word' value='yes'></crowd-form>")
    page.evaluate("document.querySelector('crowd-form').append(document.createElement('__proto__'))")
    submit(page)

    assert shown(page, answer) == {"word": "yes"}


def test_what_the_template_hides_stays_hidden_until_its_own_style_shows_it(open_page: Open) -> None:
    hidden = '<textarea hidden></textarea><label hidden><input type="checkbox">Why?</label>'
    page = open_page(f"<crowd-form>{hidden}</crowd-form>")
    expect(page.locator("textarea")).to_be_hidden()
    expect(page.locator("label")).to_be_hidden()

    page = open_page(f"<style>textarea {{ display: block }}</style><crowd-form>{hidden}</crowd-form>")
    expect(page.locator("textarea")).to_be_visible()


def test_a_frame_inside_the_form_is_not_loaded_twice(open_page: Open) -> None:
    page = open_page(
        """<script>let loads = 0;</script><crowd-form><iframe srcdoc="<p>document</p>" onload="loads += 1"></iframe></crowd-form>"""
    )
    page.frame_locator("iframe").get_by_text("document").wait_for()

    assert page.evaluate("loads") == 1


def test_elements_of_a_templates_own_answer_too(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form><object-value-input name="object"></object-value-input><own-input name="own"></own-input></crowd-form>
        <script>
          document.querySelector('object-value-input').value = {b: 1, a: [2]};
          customElements.define('own-input', class extends HTMLElement {
            static formAssociated = true;
            internals = this.attachInternals();
            value = 'mine';
          });
        </script>"""
    )
    submit(page)

    assert shown(page, answer) == {"object": {"a": [2], "b": 1}, "own": "mine"}


def test_an_object_value_input_can_refuse(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form><object-value-input name="object"></object-value-input></crowd-form>
        <script>Object.assign(document.querySelector('object-value-input'), {value: {}, validate: () => false});</script>"""
    )
    submit(page)

    expect(page.get_by_role("alert")).to_have_text("object: not complete yet")
    assert answer(page) is None


@pytest.mark.parametrize("value", ["loop", "window", "() => 1", "{nested: [loop]}", "1n"])
def test_a_value_that_is_no_json_is_refused_in_words_and_another_is_taken(
    open_page: Open, answer: Answer, value: str
) -> None:
    page = open_page(
        """<crowd-form><input name="word" value="kept"><object-value-input name="object"></object-value-input></crowd-form>"""
    )
    own = page.locator("object-value-input")
    own.evaluate(f"(own) => {{ const loop = {{}}; loop.loop = loop; own.value = {value}; }}")
    submit(page)

    expect(page.get_by_role("alert")).to_have_text(
        "object: what it holds cannot be sent; the requester is told"
    )
    assert answer(page) is None

    own.evaluate("(own) => { own.value = {a: 1}; }")
    submit(page)

    assert shown(page, answer) == {"object": {"a": 1}, "word": "kept"}


def test_values_changed_while_submitting_are_in_the_answer(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form id="task"><input type="hidden" name="computed" id="computed"></crowd-form>
        <script>
          const append = (parent, name) => parent.appendChild(Object.assign(document.createElement('input'), {type: 'hidden', name, value: name}));
          task.onsubmit = () => { computed.value = '42'; };
          task.addEventListener('submit', () => { append(task, 'direct'); append(task.form, 'inner'); task.reset(); });
        </script>"""
    )
    submit(page)

    assert shown(page, answer) == {"computed": "42", "direct": "direct", "inner": "inner"}


@pytest.mark.parametrize(
    "objection",
    [
        "task.onsubmit = () => false",
        "task.onsubmit = (event) => event.preventDefault()",
        "task.addEventListener('submit', (event) => event.preventDefault())",
        "task.setAttribute('onsubmit', 'return false')",
        "task.form.addEventListener('submit', (event) => event.preventDefault())",
    ],
)
def test_a_listener_can_object(open_page: Open, answer: Answer, objection: str) -> None:
    page = open_page(
        f'<crowd-form id="task"><input name="a" value="1"></crowd-form><script>{objection}</script>'
    )

    page.get_by_role("button", name="Submit").click()

    assert answer(page) is None


def test_validation_comes_before_the_submit_event(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form id="task"><label>Your name <input name="name" required id="name"></label></crowd-form>
        <script>let events = 0; task.onsubmit = () => { events += 1; };</script>"""
    )

    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("Your name: ")
    assert page.evaluate("events") == 0
    assert page.evaluate("document.activeElement.id") == "name"

    page.locator("#name").fill("Ann")
    page.get_by_role("button", name="Submit").click()
    assert shown(page, answer) == {"name": "Ann"}


@pytest.mark.parametrize(
    "control",
    [
        '<crowd-button form-action="submit" style="display:none"></crowd-button>',
        "<button type='submit'>Go</button>",
        "<input type='submit'>",
        "<button>Go</button>",
        "<p><button type=''>Go</button></p>",
    ],
)
def test_a_submit_control_of_the_templates_own_suppresses_ours(open_page: Open, control: str) -> None:
    page = open_page(f"<crowd-form>{control}</crowd-form>")

    assert (
        page.evaluate(
            "document.querySelector('crowd-form').shadowRoot.querySelector('[data-testid=crowd-submit]')"
        )
        is None
    )


@pytest.mark.parametrize(
    "control",
    [
        "<button type='button'>Add</button>",
        "<button type='reset'>Clear</button>",
        "<button onclick='add(); return false'>Add</button>",
        "<button onclick='event.preventDefault()'>Add</button>",
    ],
)
def test_a_button_that_cannot_submit_leaves_us_ours(open_page: Open, control: str) -> None:
    page = open_page(f"<crowd-form>{control}</crowd-form>")

    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_a_submit_button_that_a_script_adds_takes_the_place_of_ours(open_page: Open) -> None:
    page = open_page("<crowd-form id='task'></crowd-form>")
    expect(page.get_by_role("button")).to_have_text(["Submit"])

    page.evaluate("task.form.insertAdjacentHTML('beforeend', '<button>Done</button>')")

    expect(page.get_by_role("button")).to_have_text(["Done"])


def test_the_click_handler_of_a_templates_button_runs_before_its_answer_is_collected(
    open_page: Open, answer: Answer
) -> None:
    page = open_page(
        """<crowd-form><input type="hidden" name="a" id="a"><button onclick="a.value = 'clicked'">Done</button></crowd-form>"""
    )

    page.get_by_role("button", name="Done").click()

    assert shown(page, answer) == {"a": "clicked"}


GROUP = "<input type='{kind}' name='side' value='left' {first}> Left <input type='{kind}' name='side' value='right' {second}> Right"


@pytest.mark.parametrize(
    ("around", "named"),
    [
        ("<fieldset><legend>Which  side?</legend>{group}</fieldset>", "Which side?"),
        ("<div role='radiogroup' aria-label='The side'>{group}</div>", "The side:"),
        ("<p id='q'>Whose side?</p><div role='group' aria-labelledby='q'>{group}</div>", "Whose side?"),
        ("<fieldset><legend>All</legend>{group}<input type='checkbox' name='other'></fieldset>", "side:"),
        ("{group}", "side:"),
    ],
)
@pytest.mark.parametrize(
    ("required", "asked"),
    [
        ({"kind": "radio", "first": "required", "second": ""}, "choose one"),
        ({"kind": "radio", "first": "required", "second": "required"}, "choose one"),
        (
            {"kind": "checkbox", "first": "required", "second": "required"},
            "tick the boxes that must be ticked",
        ),
    ],
    ids=["one radio", "radios", "boxes"],
)
def test_a_group_gives_one_message_and_is_named(
    open_page: Open, around: str, named: str, required: dict[str, str], asked: str
) -> None:
    page = open_page(f"<crowd-form>{around.format(group=GROUP.format(**required))}</crowd-form>")

    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("alert").get_by_role("button")).to_have_text([f"{named} {asked}"])


def test_a_single_box_is_named_by_its_label(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><label><input type='checkbox' name='a' required> I agree</label></crowd-form>"
    )

    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("alert")).to_contain_text("I agree: tick this box")


def test_a_list_is_named_by_its_label_without_its_options(open_page: Open) -> None:
    page = open_page(
        "<crowd-form><label>Quality <select name='q' required><option value=''>choose<option>good</select></label></crowd-form>"
    )

    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("alert")).to_contain_text("Quality: choose one")


def test_the_forms_of_a_page_make_one_answer_with_one_submit_button(open_page: Open, answer: Answer) -> None:
    page = open_page(
        """<crowd-form id="first"><input name="a" required id="a"></crowd-form><p>between</p>
        <crowd-form id="last"><input name="b" value="2"></crowd-form>"""
    )
    submit_button = page.get_by_role("button", name="Submit")
    expect(submit_button).to_have_count(1)
    submit_button.click()
    expect(page.get_by_role("alert")).to_contain_text("a: fill this in")

    page.locator("#a").fill("1")
    submit_button.click()

    expect(page.locator("#answers-box")).to_contain_text('"a": "1"')
    expect(page.locator("#answers-box")).to_contain_text('"b": "2"')


def test_a_field_keeps_its_focus_when_the_form_is_set_up(open_page: Open) -> None:
    page = open_page("<crowd-form><input id='a'></crowd-form><script>a.focus();</script>")

    assert page.evaluate("document.activeElement.id") == "a"


def test_a_button_without_a_type_submits_once_even_if_its_handler_does_too(
    open_page: Open, answer: Answer
) -> None:
    page = open_page(
        """<crowd-form id="task"><input name="a" value="1"><button onclick="task.submit()">Done</button></crowd-form>
        <script>let events = 0; task.addEventListener('submit', () => { events += 1; });</script>"""
    )

    page.get_by_role("button", name="Done").click()

    assert shown(page, answer) == {"a": "1"}
    assert page.evaluate("events") == 1
    assert page.url.endswith("/page")


def test_enter_in_a_text_field_submits_and_the_page_stays(open_page: Open, answer: Answer) -> None:
    page = open_page('<crowd-form><input name="a" value="1" id="a"></crowd-form>')

    page.locator("#a").press("Enter")

    assert shown(page, answer) == {"a": "1"}
    assert page.url.endswith("/page")


def test_a_nested_form_submits_the_task_and_not_itself(open_page: Open, answer: Answer) -> None:
    page = open_page(
        '<crowd-form><form action="/elsewhere"><input name="a" value="1"><button>Done</button></form></crowd-form>'
    )

    page.get_by_role("button", name="Done").click()

    assert shown(page, answer) == {"a": "1"}
    assert page.url.endswith("/page")


def test_control_enter_submits(open_page: Open, answer: Answer) -> None:
    page = open_page('<crowd-form><textarea name="a" id="a">x</textarea></crowd-form>')

    page.locator("#a").press("Control+Enter")

    assert shown(page, answer) == {"a": "x"}


def test_a_listener_that_objects_and_submits_itself_hears_submit_again(
    open_page: Open, answer: Answer
) -> None:
    page = open_page(
        """<crowd-form id="task"><input name="a" value="1" id="a"></crowd-form>
        <script>
          let checked = false;
          task.addEventListener('submit', (event) => {
            if (checked) return;
            event.preventDefault();
            checked = true;
            a.value = 'checked';
            task.submit();
          });
        </script>"""
    )

    page.get_by_role("button", name="Submit").click()

    assert shown(page, answer) == {"a": "checked"}


def test_the_tools_submit_button_can_be_vetoed_by_a_capturing_listener(
    open_page: Open, answer: Answer
) -> None:
    page = open_page(
        """<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" labels="['a']"
            initial-value="[{label: 'a', left: 1, top: 1, width: 9, height: 9}]"></crowd-bounding-box></crowd-form>
        <script>
          let vetoes = 0;
          document.addEventListener('all-crowd-elements-ready', () => {
            const button = document.querySelector('crowd-bounding-box').shadowRoot.querySelector('awsui-button[data-testid=crowd-submit]');
            button.addEventListener('click', (event) => {
              if (vetoes > 0) return;
              vetoes += 1;
              event.stopPropagation();
              event.preventDefault();
            }, {capture: true});
          });
        </script>"""
    )
    page.wait_for_function(
        "document.querySelector('crowd-bounding-box').value.inputImageProperties.width > 0"
    )
    button = page.get_by_role("button", name="Submit")

    button.click()
    assert page.evaluate("vetoes") == 1
    assert answer(page) is None

    button.click()
    assert "boxes" in shown(page, answer)


def test_reset_puts_everything_back(open_page: Open) -> None:
    page = open_page('<crowd-form id="task"><input name="a" value="first" id="a"></crowd-form>')
    page.locator("#a").fill("second")

    page.evaluate("task.reset()")

    assert page.locator("#a").input_value() == "first"


def test_the_mechanical_turk_encoding_is_there_for_scripts(open_page: Open) -> None:
    page = open_page('<crowd-form id="task"><input name="a" value="1"></crowd-form>')

    assert page.evaluate("task._serializeForm()") == {"taskAnswers": '[{"a":"1"}]'}


@pytest.mark.parametrize("where", ["head", "end"])
def test_the_library_may_stand_anywhere_and_twice(open_page: Open, answer: Answer, where: str) -> None:
    form = '<crowd-form><input name="a" value="1"></crowd-form>'
    page = open_page(
        form if where == "head" else form + LIBRARY + LIBRARY, library=LIBRARY if where == "head" else ""
    )

    page.get_by_role("button", name="Submit").click()

    assert shown(page, answer) == {"a": "1"}
    assert page.evaluate("readyCount") == 1


def test_ready_comes_after_the_last_inline_script(open_page: Open) -> None:
    page = open_page(
        """<script>const order = []; document.addEventListener('all-crowd-elements-ready', () => order.push('ready'));</script>
        <crowd-form id="task"></crowd-form><script>order.push('script', typeof task.form);</script>"""
    )

    assert page.evaluate("order") == ["script", "object", "ready"]


def test_axe_finds_nothing_in_a_form_with_errors_and_answers(
    open_page: Open, violations: Callable[[Page], list[str]]
) -> None:
    page = open_page(
        """<crowd-form><short-instructions header="Short">Be quick.</short-instructions>
        <full-instructions><p>All</p></full-instructions><label>Name <input name="name" required></label></crowd-form>"""
    )
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []

    page.get_by_label("Name").fill("Ann")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#answers-box")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("button", name="View full instructions").click()
    assert violations(page) == []


def test_instructions_without_a_tool_are_shown_by_themselves(open_page: Open) -> None:
    page = open_page(
        """<crowd-form><short-instructions header="Short">Be quick.</short-instructions>
        <full-instructions header="Everything"><p>Be thorough.</p></full-instructions></crowd-form>"""
    )
    expect(page.get_by_role("heading", name="Short")).to_be_visible()
    expect(page.get_by_text("Be quick.")).to_be_visible()
    expect(page.get_by_text("Be thorough.")).to_be_hidden()

    page.get_by_role("button", name="View full instructions").click()

    expect(page.get_by_role("dialog", name="Everything")).to_be_visible()
    expect(page.get_by_text("Be thorough.")).to_be_visible()
