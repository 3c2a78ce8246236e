"""What is typed into a password field is for the answer, not for the places where drafts are kept."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Worker

TEMPLATE = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><input name="reply" aria-label="Reply"><input name="pin" type="password" aria-label="PIN">
<button type="button" onclick="document.querySelector('[name=pin]').type = 'text'">Show the PIN</button></crowd-form>"""

KEPT = "JSON.stringify(Object.entries(localStorage))"


def test_a_password_is_in_no_draft_and_in_the_answer(world, enter):
    world.flow("fd", template=TEMPLATE)
    world.loop("fd", "loop-1")
    worker = Worker(enter()).start()
    worker.reply.fill("half")
    worker.frame.get_by_label("PIN").fill("open sesame")
    worker.write("a cat")
    worker.frame.get_by_role("button", name="Show the PIN").click()
    worker.write("a cat, shown")

    assert {"reply": "a cat, shown"} == world.draft(1)["answer"]
    assert "open sesame" not in str(world.draft(1))
    kept = worker.page.evaluate(KEPT)
    assert "open sesame" not in kept
    worker.page.reload()
    expect(worker.reply).to_have_value("a cat, shown")
    expect(worker.frame.get_by_label("PIN")).to_have_value("")

    worker.frame.get_by_label("PIN").fill("open sesame")
    worker.submit.click()

    expect(worker.page).not_to_have_url("/tasks/1")
    assert world.assignment(1).state == "submitted"
    assert {"reply": "a cat, shown", "pin": "open sesame"} == world.assignment(1).answer
