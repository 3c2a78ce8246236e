"""The recipe for LangGraph in examples/, with the real langgraph: its graph, its runner, a worker."""

from __future__ import annotations

import json
import signal
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commandline import CommandLine, of
from tests.environments import environment
from tests.journeys.reviewing import WORKER, Review
from tests.running import Server

EXAMPLES = Path(__file__).parents[2] / "examples"
CHOICES = ("approve", "approve-changed", "reject")
ARGUMENTS = '{"order": 4711, "amount": "189.00", "currency": "EUR"}'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python() -> str:
    """Of an environment with langgraph, which the recipe needs and we do not."""
    return str(environment("langgraph", EXAMPLES / "langgraph-requirements.txt"))


@pytest.fixture(scope="module")
def command(_sqlite_server: Server, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return of(_sqlite_server, tmp_path_factory.mktemp("langgraph"))


@pytest.fixture(scope="module")
def review(_sqlite_server: Server, command: CommandLine, python: str) -> Review:
    """What agent_approval_flow.py makes, as its docstring says."""
    flow = f"t-{uuid.uuid4().hex[:12]}"
    command.run("team", "create", flow, "--invite", WORKER)
    said = command.run("exec", "--", python, str(EXAMPLES / "agent_approval_flow.py"), flow, flow)
    assert f"{flow}\n" == said.out
    return Review.existing(_sqlite_server, flow)


@pytest.fixture
def recipe(python: str, review: Review, name: str) -> tuple[str, ...]:
    """A question of this test's own."""
    arguments = ("--flow", review.name, "--thread", name, "--goal", f"Refund {name}.")
    return ("exec", "--", python, str(EXAMPLES / "langgraph_approval.py"), *arguments)


def asked(process: subprocess.Popen[str]) -> str:
    """The loop that a program which has just started says it waits for."""
    loop, *words = process.stdout.readline().split()
    assert ["waits", "for", "a", "person"] == words
    return loop


def loops(review: Review) -> list[str]:
    runtime = review.server.client("sagemaker-a2i-runtime")
    found = runtime.list_human_loops(FlowDefinitionArn=review.arn)["HumanLoopSummaries"]
    return [loop["HumanLoopName"] for loop in found]


def answer(review: Review, loop: str, choice: str, arguments: str = ARGUMENTS, **also: str) -> None:
    worker = review.worker()
    decision = {name: name == choice for name in CHOICES}
    worker.submit(review.taken(worker, loop), {"decision": decision, "arguments": arguments, **also})
    review.completed(loop)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda review, loop: answer(review, loop, "approve"), f"approve: payments.refund {ARGUMENTS}"),
        (
            lambda review, loop: answer(review, loop, "approve-changed", '{"amount": "18.90"}'),
            'approve-changed: payments.refund {"amount": "18.90"}',
        ),
        (
            lambda review, loop: answer(review, loop, "approve-changed", "{amount"),
            "reject: nothing: The changed arguments are no JSON",
        ),
        (
            lambda review, loop: answer(review, loop, "reject", feedback="Too much."),
            "reject: nothing: Too much.",
        ),
        (
            lambda review, loop: review.server.client("sagemaker-a2i-runtime").stop_human_loop(
                HumanLoopName=loop
            ),
            "reject: nothing: Nobody has approved it.",
        ),
    ],
    ids=["approved", "changed", "changed into what is no JSON", "rejected", "stopped"],
)
def test_the_graph_goes_on_as_the_person_decided(
    command: CommandLine,
    review: Review,
    recipe: tuple[str, ...],
    act: Callable[[Review, str], None],
    said: str,
) -> None:
    with command.running(*recipe) as process:
        act(review, asked(process))
        out, err = process.communicate(timeout=60)

    assert (0, "") == (process.returncode, err)
    assert said in out


def test_a_program_that_is_killed_while_it_waits_asks_nothing_twice_and_ends_with_the_answer(
    command: CommandLine, review: Review, recipe: tuple[str, ...]
) -> None:
    before = loops(review)
    asked_for = []
    for _ in range(2):
        with command.running(*recipe) as process:
            asked_for.append(asked(process))
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    (loop,) = set(loops(review)) - set(before)
    answer(review, loop, "approve")

    first = command.run(*recipe).out
    again = command.run(*recipe).out

    assert f"{loop} waits for a person\napprove: payments.refund {ARGUMENTS}\n" == first
    assert f"approve: payments.refund {ARGUMENTS}\n" == again
    assert [loop, loop] == asked_for
    assert {loop} == set(loops(review)) - set(before)


def test_the_question_shows_what_the_agent_wants_to_do(
    command: CommandLine, review: Review, recipe: tuple[str, ...]
) -> None:
    with command.running(*recipe) as process:
        loop = asked(process)
        worker = review.worker()
        page = worker.task(review.taken(worker, loop)).html

    assert "payments.refund" in page
    assert "&quot;amount&quot;: &quot;189.00&quot;" in page
    content = review.server.client("secondlook").describe_loop(HumanLoopName=loop)["InputContent"]
    assert {"goal", "action", "history"} == set(json.loads(content))
