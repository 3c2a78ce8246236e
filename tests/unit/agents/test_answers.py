"""What an agent is shown of an output.json."""

from __future__ import annotations

import json
from typing import Any

from secondlook.agents.answers import LARGEST_ANSWERS, MOST_SUMMARISED, answers_of, summary


def output(*contents: Any) -> bytes:
    answers = [
        {
            "acceptanceTime": "2026-11-01T10:00:00.000Z",
            "answerContent": content,
            "submissionTime": "2026-11-01T10:00:09.500Z",
            "timeSpentInSeconds": 9.5,
            "workerId": f"w{number}",
            "workerMetadata": {"identityData": {"sub": "ana@example.org"}},
        }
        for number, content in enumerate(contents)
    ]
    return json.dumps({"humanAnswers": answers, "inputContent": {}}).encode()


def test_an_answer_has_an_opaque_worker_times_and_content_and_nothing_of_who_it_was():
    (answer,) = answers_of(output({"ok": "yes"}))

    assert {
        "worker": "w0",
        "accepted_at": "2026-11-01T10:00:00.000Z",
        "submitted_at": "2026-11-01T10:00:09.500Z",
        "seconds_spent": 9.5,
        "content": {"ok": "yes"},
        "summary": None,
    } == answer.model_dump()


def test_what_does_not_fit_beside_the_others_is_summarised_and_the_rest_is_whole():
    half = {"text": "x" * (LARGEST_ANSWERS * 2 // 3)}

    answers = answers_of(output(half, half, {"ok": "yes"}))

    assert [half, None, {"ok": "yes"}] == [answer.content for answer in answers]
    assert {"text": "a text, 66,668 bytes as JSON"} == answers[1].summary


def test_a_summary_says_what_each_member_holds():
    content = {"é" * 300: "é", "list": [1, 2], "object": {"a": {}}, "number": 1, "nothing": None}

    assert {
        "é" * 200: "a text, 4 bytes as JSON",
        "list": "a list of 2, 6 bytes as JSON",
        "object": "an object of 1 members, 9 bytes as JSON",
        "number": "a number, true, false or null",
        "nothing": "a number, true, false or null",
    } == summary(content)


def test_a_summary_of_very_many_members_ends():
    told = summary({str(number): number for number in range(MOST_SUMMARISED + 1000)})

    assert (MOST_SUMMARISED + 1, "1,000 members more") == (len(told), told["…"])


def test_a_review_without_answers_has_none():
    assert [] == answers_of(output())
