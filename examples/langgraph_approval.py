"""A graph of LangGraph's that asks a person before it acts, and goes on when there is an answer: hours later, in another process.

    pip install -r langgraph-requirements.txt
    secondlook exec -- python langgraph_approval.py --thread order-4711

`agent_approval_flow.py` makes the flow definition. Stop the program while it waits and start it again: it finds the question that
it has asked, and asks none twice. docs/agents.md says why it is built so.
"""

import argparse
import hashlib
import json
import time
from typing import Any, Literal, TypedDict

import boto3
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

a2i, s3, sts = (boto3.client(name) for name in ("sagemaker-a2i-runtime", "s3", "sts"))


class State(TypedDict, total=False):
    flow: str  # name of the flow definition
    goal: str
    action: dict[str, Any]
    human_loop: str
    decision: Literal["approve", "approve-changed", "reject"]
    feedback: str
    result: str


def propose(state: State) -> State:
    """Where your model decides what to do next."""
    arguments = {"order": 4711, "amount": "189.00", "currency": "EUR"}
    reason = "The customer sent a photograph of the broken cup."
    return {
        "action": {"tool": "payments.refund", "reason": reason, "arguments": arguments, "reversible": False}
    }


def ask(state: State) -> State:
    """Starts the review, and nothing else: a node of its own is not run again when the graph resumes."""
    action = {**state["action"], "arguments": json.dumps(state["action"]["arguments"], indent=2)}
    content = json.dumps({"goal": state["goal"], "action": action, "history": []}, sort_keys=True)
    arn = arn_of(state["flow"])
    # The same question has the same name, so a program that dies right here asks once.
    name = "approve-" + hashlib.sha256(f"{arn}\n{content}".encode()).hexdigest()[:40]
    try:
        a2i.start_human_loop(
            HumanLoopName=name, FlowDefinitionArn=arn, HumanLoopInput={"InputContent": content}
        )
    except a2i.exceptions.ConflictException:
        pass  # asked before, and answered since
    return {"human_loop": name}


def decide(state: State) -> State:
    """Runs twice: the first time interrupt() stops the graph, the second time it returns what the graph was resumed with."""
    answer = interrupt({"human_loop": state["human_loop"]})
    if answer is None:  # nobody answered in time, or somebody stopped the question: that is no approval
        return {"decision": "reject", "feedback": "Nobody has approved it."}
    decision = next(name for name, is_chosen in answer["decision"].items() if is_chosen)
    feedback = answer.get("feedback", "")
    if decision == "approve-changed":
        try:
            changed = json.loads(answer["arguments"])
        except ValueError as error:
            return {"decision": "reject", "feedback": f"The changed arguments are no JSON: {error}."}
        return {
            "decision": decision,
            "feedback": feedback,
            "action": {**state["action"], "arguments": changed},
        }
    return {"decision": decision, "feedback": feedback}


def act(state: State) -> State:
    """Where the tool is called."""
    return {"result": f"{state['action']['tool']} {json.dumps(state['action']['arguments'])}"}


def give_up(state: State) -> State:
    """Or back to `propose`, with the feedback for your model."""
    return {"result": f"nothing: {state['feedback']}"}


def build() -> StateGraph:
    graph = StateGraph(State)
    for node in (propose, ask, decide, act, give_up):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "propose")
    graph.add_edge("propose", "ask")
    graph.add_edge("ask", "decide")
    graph.add_conditional_edges(
        "decide", lambda state: "give_up" if state["decision"] == "reject" else "act", ["act", "give_up"]
    )
    graph.add_edge("act", END)
    graph.add_edge("give_up", END)
    return graph


def run(graph: Any, thread: str, start: State) -> State:
    """The small runner: begins a thread or goes on with it, waits for people, and resumes with their answers."""
    config = {"configurable": {"thread_id": thread}}
    if not graph.get_state(config).values:
        graph.invoke(start, config)
    while (snapshot := graph.get_state(config)).next:
        # The id of each interrupt → its answer; a graph may wait for several at once. None: a process died between two nodes.
        answers = {pause.id: answer_of(pause.value["human_loop"]) for pause in snapshot.interrupts}
        graph.invoke(Command(resume=answers) if answers else None, config)
    return snapshot.values


def answer_of(loop: str) -> dict[str, Any] | None:
    """The first answer, once the loop has ended; None where there is none. A webhook would save the polling (docs/webhooks.md)."""
    print(f"{loop} waits for a person", flush=True)
    while (found := a2i.describe_human_loop(HumanLoopName=loop))["HumanLoopStatus"] in (
        "InProgress",
        "Stopping",
    ):
        time.sleep(1)
    if found["HumanLoopStatus"] != "Completed":
        return None
    bucket, _, key = found["HumanLoopOutput"]["OutputS3Uri"].removeprefix("s3://").partition("/")
    output = json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])
    return output["humanAnswers"][0]["answerContent"]


def arn_of(flow: str) -> str:
    account = sts.get_caller_identity()["Account"]
    return f"arn:aws:sagemaker:{sts.meta.region_name}:{account}:flow-definition/{flow}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--flow", default="agent-approval", help="the flow definition to ask in")
    parser.add_argument(
        "--thread", required=True, help="names this run of the graph; the same name goes on with it"
    )
    parser.add_argument("--goal", default="Refund the order 4711, the cup arrived broken.")
    parser.add_argument(
        "--checkpoints", default="checkpoints.sqlite", help="the file that remembers where each thread is"
    )
    arguments = parser.parse_args()
    with SqliteSaver.from_conn_string(arguments.checkpoints) as saver:
        graph = build().compile(checkpointer=saver)
        end = run(graph, arguments.thread, {"flow": arguments.flow, "goal": arguments.goal})
    print(f"{end['decision']}: {end['result']}")
