"""Reviewers that are scripts, and what becomes of their tasks."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from secondlook.testing import CannotAccept, PortalError, Server, Task
from tests.pictures.making import saved

BOXES = [
    {"label": "cup", "left": 10, "top": 20, "width": 30, "height": 40},
    {"label": "spoon", "left": 50, "top": 20, "width": 10, "height": 40},
]


def test_a_reviewer_sees_what_a_person_would(secondlook_server: Server) -> None:
    secondlook_server.flow(
        "greetings", template="<crowd-form><p>Dear {{ task.input.name }}</p></crowd-form>"
    ).start({"name": "A < B"})
    seen: list[tuple[str, str, Any, str, bool]] = []

    def answer(task: Task) -> dict[str, Any]:
        page = "<p>Dear A &lt; B</p>" in task.html
        seen.append((task.flow_name, task.loop_name, task.input, task.template, page))
        return {"reply": "yes"}

    secondlook_server.reviewer(answer).work()

    template = "<crowd-form><p>Dear {{ task.input.name }}</p></crowd-form>"
    assert seen == [("greetings", "greetings-1", {"name": "A < B"}, template, True)]


def test_a_picture_that_is_none_is_told_by_how_it_begins(secondlook_server: Server) -> None:
    picture = secondlook_server.put("coffee.png", b"a dark picture", "image/png")
    secondlook_server.flow(template="boxes").start(
        {"taskObject": picture, "initialValue": BOXES, "labels": ["cup", "spoon"]}
    )

    with pytest.raises(CannotAccept, match="no kind that is known: it begins with b'a dark pictu'"):
        secondlook_server.reviewer().work()


def test_without_an_answer_of_their_own_they_submit_the_prediction(secondlook_server: Server) -> None:
    picture = secondlook_server.put("coffee.png", saved("PNG", Image.new("RGB", (100, 80))), "image/png")
    loop = secondlook_server.flow(template="boxes").start(
        {"taskObject": picture, "initialValue": BOXES, "labels": ["cup", "spoon"]}
    )
    secondlook_server.reviewer().work()

    (answer,) = loop.answers
    assert answer["objects"]["boundingBoxes"] == BOXES
    assert answer["objects"]["inputImageProperties"] == {"height": 80, "width": 100}


@pytest.mark.parametrize(
    ("template", "content", "expected"),
    [
        ("any", {"total": 3}, {}),
        ("text", {"taskObject": "a scan", "initialValue": "113.40"}, {"text": "113.40"}),
        (
            "label",
            {"taskObject": "It works.", "initialValue": "Good", "labels": ["Good", "Bad"]},
            {"label": {"Good": True, "Bad": False}},
        ),
    ],
)
def test_the_templates_that_come_with_the_package_can_be_answered(
    secondlook_server: Server, template, content, expected
) -> None:
    loop = secondlook_server.flow(template=template).start(content)
    secondlook_server.reviewer().work()

    assert loop.failure is None
    assert loop.answers == [expected]


def test_the_examples_of_templates_can_be_named(secondlook_server: Server) -> None:
    loop = secondlook_server.flow(template="agent-action-approval").start({"action": {"name": "refund"}})

    assert (loop.failure, loop.status) == (None, "InProgress")


def test_what_only_a_person_can_answer_is_given_back(secondlook_server: Server) -> None:
    secondlook_server.flow(template="label").start({"labels": ["Good", "Bad"]})

    with pytest.raises(CannotAccept):
        secondlook_server.reviewer().work()
    assert secondlook_server.reviewer().take() is not None


def test_an_answer_that_raises_gives_the_task_back(secondlook_server: Server) -> None:
    secondlook_server.flow().start({})

    with pytest.raises(ZeroDivisionError):
        secondlook_server.reviewer(lambda _: {"answer": 1 / 0}).work()
    assert len(secondlook_server.reviewer().work()) == 1


def test_each_loop_gets_as_many_answers_as_it_asks_for(secondlook_server: Server) -> None:
    flow = secondlook_server.flow(task_count=2)
    loops = [flow.start({"number": number}) for number in range(3)]
    first = secondlook_server.reviewer(lambda task: {"first": task.input["number"]})
    second = secondlook_server.reviewer(lambda task: {"second": task.input["number"]})

    assert [len(first.work(2)), len(second.work()), len(first.work()), len(first.work())] == [2, 3, 1, 0]
    assert [loop.answers for loop in loops] == [[{"first": n}, {"second": n}] for n in range(2)] + [
        [{"second": 2}, {"first": 2}]
    ]
    assert [task.loop_name for task in first.answered] == ["review-1", "review-2", "review-3"]


def wrong_ones(server: Server, flow: str, seed: int) -> list[bool]:
    started = server.flow(flow)
    loops = [started.start({}) for _ in range(12)]
    reviewer = server.reviewer(lambda _: {"answer": "right"}, skill=0.75, seed=seed, seconds=0)
    reviewer.work()

    assert [loop.answers[0]["answer"] != "right" for loop in loops] == [
        task.is_wrong for task in reviewer.answered
    ]
    return [task.is_wrong for task in reviewer.answered]


def test_with_less_than_full_skill_some_answers_are_wrong_and_the_same_again(
    secondlook_server: Server,
) -> None:
    first = wrong_ones(secondlook_server, "first", 1)

    assert 1 <= sum(first) <= 6
    assert first == wrong_ones(secondlook_server, "second", 1)
    assert first != wrong_ones(secondlook_server, "third", 2)


def test_a_mistake_can_be_ones_own(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({"total": "12"})
    secondlook_server.reviewer(
        lambda task: {"total": task.input["total"]},
        skill=0,
        wrong=lambda task, answer: {"total": answer["total"][::-1], "of": task.loop_name},
    ).work()

    assert loop.answers == [{"total": "21", "of": loop.name}]


@pytest.mark.parametrize("skill", [-0.1, 1.5])
def test_a_skill_that_is_no_share_is_refused(secondlook_server: Server, skill: float) -> None:
    with pytest.raises(ValueError, match=f"from 0 to 1, not {skill}"):
        secondlook_server.reviewer(skill=skill)


def test_a_task_takes_its_time(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({})
    secondlook_server.reviewer(seconds=600).work()

    assert loop.output is not None
    assert 600 <= loop.output["humanAnswers"][0]["timeSpentInSeconds"] < 660


def test_who_takes_too_long_loses_the_task(secondlook_server: Server) -> None:
    loop = secondlook_server.flow(time_limit=60).start({})
    slow = secondlook_server.reviewer(seconds=3600)

    assert (slow.work(), slow.answered, loop.status) == ([], [], "InProgress")
    assert len(secondlook_server.reviewer().work()) == 1
    assert loop.status == "Completed"


def test_what_is_declined_is_left_to_others(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({})
    choosy, other = secondlook_server.reviewer(), secondlook_server.reviewer()

    assert [task.loop_name for task in choosy.decline(reason="too blurred")] == [loop.name]
    assert choosy.work() == []
    assert len(other.work()) == 1
    holders = secondlook_server.client("secondlook").describe_loop(HumanLoopName=loop.name)["Holders"]
    assert [(holder["State"], holder.get("Reason")) for holder in holders] == [
        ("declined", "too blurred"),
        ("submitted", None),
    ]


def test_a_pause_keeps_the_task_and_is_not_counted(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({})
    reviewer = secondlook_server.reviewer(lambda _: {"answer": "yes"}, seconds=60)
    task = reviewer.pause()
    assert task is not None
    secondlook_server.clock.advance(minutes=30)

    assert secondlook_server.reviewer().work() == []
    assert [resumed.id for resumed in reviewer.resume()] == [task.id]
    assert loop.output is not None
    (answer,) = loop.output["humanAnswers"]
    assert answer["answerContent"] == {"answer": "yes"}
    assert 60 <= answer["timeSpentInSeconds"] < 120


def test_there_is_nothing_to_pause_where_nothing_waits(secondlook_server: Server) -> None:
    assert secondlook_server.reviewer().pause() is None


def test_a_task_that_is_released_waits_again(secondlook_server: Server) -> None:
    loop = secondlook_server.flow().start({})
    reviewer = secondlook_server.reviewer()
    task = reviewer.take(loop.name)
    assert task is not None
    task.release()

    assert [done.loop_name for done in reviewer.work()] == [loop.name]
    with pytest.raises(PortalError, match="The portal refused: "):
        task.submit({"answer": "another"})


def test_a_reviewer_sees_the_tasks_of_their_team_only(secondlook_server: Server) -> None:
    secondlook_server.flow("ours", team="ours").start({})
    theirs = secondlook_server.flow("theirs", team="theirs").start({})

    assert [task.loop_name for task in secondlook_server.reviewer(team="theirs").work()] == [theirs.name]
