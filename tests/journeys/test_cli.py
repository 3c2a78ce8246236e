"""The command line against a running server, as a user runs it."""

from __future__ import annotations

import json
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from secondlook.cli.commands.serve import options as serve_options
from secondlook.review.rights import SCOPES
from tests.commandline import CommandLine, of
from tests.running import Server, eventually
from tests.terminal import on_terminal

FORM = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <input name="verdict" value="{{ task.input.guess }}">
  <input type="checkbox" name="flags" value="urgent">
</crowd-form>"""

BOXES = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box name="boxes" src="{{ task.input.picture | grant_read_access }}" header="Check"
    labels="{{ task.input.labels }}" initial-value="{{ task.input.boxes }}"></crowd-bounding-box>
</crowd-form>"""


@pytest.fixture
def command(sqlite_server: Server, tmp_path: Path) -> CommandLine:
    return of(sqlite_server, tmp_path)


@pytest.fixture
def worker(command: CommandLine, name: str) -> str:
    """The address of somebody in a team called `name`."""
    command.run("team", "create", name, "--invite", f"{name}@example.org")
    return f"{name}@example.org"


def start_loop(
    server: Server, name: str, template: str, content: dict[str, Any], team: str | None = None
) -> None:
    """A loop called `name` in a flow definition of that name; the clock has to try its page before it is offered."""
    sagemaker = server.client("sagemaker")
    server.client("s3").create_bucket(Bucket=name)
    page = sagemaker.create_human_task_ui(HumanTaskUiName=name, UiTemplate={"Content": template})
    flow = sagemaker.create_flow_definition(
        FlowDefinitionName=name,
        RoleArn="arn:aws:iam::123456789012:role/r",
        HumanLoopConfig={
            "WorkteamArn": f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{team or name}",
            "HumanTaskUiArn": page["HumanTaskUiArn"],
            "TaskCount": 1,
            "TaskTitle": "Check",
            "TaskDescription": "Check this.",
        },
        OutputConfig={"S3OutputPath": f"s3://{name}/out"},
    )
    server.client("sagemaker-a2i-runtime").start_human_loop(
        HumanLoopName=name,
        FlowDefinitionArn=flow["FlowDefinitionArn"],
        HumanLoopInput={"InputContent": json.dumps(content)},
    )
    own = server.client("secondlook")
    eventually(lambda: own.describe_loop(HumanLoopName=name)["Loop"]["Ready"])


def answer_of(server: Server, loop: str) -> dict[str, Any]:
    """`answerContent` of the first answer, once the loop is Completed."""
    own = server.client("secondlook")
    told = eventually(
        lambda: (
            (found := own.describe_loop(HumanLoopName=loop)["Loop"])["HumanLoopStatus"] == "Completed"
            and found
        )
    )
    bucket, _, key = told["OutputS3Uri"].removeprefix("s3://").partition("/")
    document = json.load(server.client("s3").get_object(Bucket=bucket, Key=key)["Body"])
    content: dict[str, Any] = document["humanAnswers"][0]["answerContent"]
    return content


# env, exec


def test_env_is_what_a_program_needs(sqlite_server: Server, command: CommandLine) -> None:
    printed = json.loads(command.run("env", "--format", "json").out)

    assert sqlite_server.environment == printed


def test_what_env_prints_is_a_requester_s_key(sqlite_server: Server, command: CommandLine) -> None:
    printed = json.loads(command.run("env", "--format", "json").out)
    listed = command.run("keys", "list").out
    said = CommandLine(None, command.cwd, printed).run("team", "create", "mine", code=1)

    assert re.search(rf"^{printed['AWS_ACCESS_KEY_ID']} +secondlook env +requester", listed, re.MULTILINE)
    assert "secondlook CreateTeam takes an access key of scope admin" in said.err
    assert "With --data, the command line uses the admin's key" in said.err


def test_commands_use_the_admin_s_key_also_in_a_shell_that_env_was_read_into(tmp_path: Path) -> None:
    """As in the README: `secondlook serve`, `eval "$(secondlook env)"`, `secondlook team create`, all in one directory."""
    server = Server(tmp_path / "secondlook-data").start()
    try:
        shell = CommandLine(None, tmp_path, server.environment)
        said = shell.run("team", "create", "reviewers")
    finally:
        server.stop()

    assert "workteam/private-crowd/reviewers" in said.out


def test_a_program_under_exec_speaks_to_the_server(command: CommandLine) -> None:
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"

    assert "123456789012\n" == command.run("exec", "--", sys.executable, "-c", script).out


def test_a_program_under_exec_may_be_secondlook_itself(command: CommandLine, name: str) -> None:
    elsewhere = CommandLine(None, command.cwd, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"})

    said = elsewhere.run(
        "exec",
        "--data",
        str(command.data),
        "--",
        sys.executable,
        "-m",
        "secondlook.cli",
        "team",
        "create",
        name,
    )

    assert f"workteam/private-crowd/{name}\n" in said.out


def test_a_server_that_does_not_run_is_named(command: CommandLine) -> None:
    stopped = CommandLine(None, command.cwd, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "A",
                                              "AWS_SECRET_ACCESS_KEY": "s"})  # fmt: skip

    said = stopped.run("loops", "list", code=1)

    assert (
        "Error: No server answers at http://127.0.0.1:1. Start it with `secondlook serve`, or name another with --data.\n"
        == said.err
    )


def test_a_key_that_the_server_does_not_know_is_named(sqlite_server: Server, command: CommandLine) -> None:
    env = {**sqlite_server.environment, "AWS_ACCESS_KEY_ID": "AKIAAAAAAAAAAAAAAAAA"}

    said = CommandLine(None, command.cwd, env).run("loops", "list", code=1)

    assert "does not exist in our records" in said.err


def test_a_server_with_a_certificate_of_its_own_is_trusted_over_https(tmp_path: Path, name: str) -> None:
    server = Server(tmp_path / "data")
    server.given["public_url"] = f"https://127.0.0.1:{server.tls_port}"
    server.start()
    command, script = (
        of(server, tmp_path),
        "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])",
    )
    try:
        printed = json.loads(command.run("env", "--format", "json").out)
        account = command.run("exec", "--", sys.executable, "-c", script).out
        command.run("team", "create", name, "--invite", "ann@example.org")
        said = command.run("work", "--as", "ann@example.org", "--accept", code=1)
    finally:
        server.stop()

    assert str(server.data / "tls" / "certificate.pem") == printed["AWS_CA_BUNDLE"]
    assert "123456789012\n" == account
    assert "Nothing is waiting for ann@example.org" in said.err


# team


def test_a_team_is_made_once_and_people_join_it_by_links(command: CommandLine, name: str) -> None:
    said = command.run(
        "team", "create", name, "--invite", "ann@example.org, bob@example.org", "--organization", "O"
    )

    assert f"arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/{name}\n" == said.out
    assert 2 == len(set(re.findall(r"http://\S+/welcome/\S+", said.err)))
    assert "was there already" in command.run("team", "create", name).err
    assert ["ann@example.org", "bob@example.org"] == re.findall(
        r"^\S+@\S+", command.run("team", "members", name).out, re.MULTILINE
    )


def test_somebody_can_be_taken_out_of_a_team(command: CommandLine, name: str, worker: str) -> None:
    command.run("team", "remove", name, worker)

    assert "Nobody is in" in command.run("team", "members", name).err


def test_a_team_that_is_not_there_is_named(command: CommandLine) -> None:
    assert (
        "Error: The work team nowhere does not exist.\n"
        == command.run("team", "members", "nowhere", code=1).err
    )


# catalog


def test_a_listing_shows_what_a_buyer_wants_to_know(command: CommandLine) -> None:
    shown = command.run("catalog", "show", "fastestdet-coco").out

    for part in (
        "Highlights",
        "Usage",
        "Inputs",
        "Outputs",
        "ml.m4.xlarge",
        "Free",
        "BSD-3-Clause",
        "arn:aws:sagemaker",
    ):
        assert part in shown


def test_the_licence_must_be_accepted(command: CommandLine) -> None:
    refused = command.run("catalog", "subscribe", "ppocr-text", code=1)

    assert "Apache License" in refused.err
    assert "Read it above, then add --accept-license.\n" in refused.err
    assert (
        "model-package/ppocr-text-"
        in command.run("catalog", "subscribe", "ppocr-text", "--accept-license").out
    )
    command.run("catalog", "unsubscribe", "ppocr-text")
    assert re.search(r"^ppocr-text .* no$", command.run("catalog", "list").out, re.MULTILINE)


@pytest.mark.parametrize(("typed", "subscribed"), [("y\n", "yes"), ("n\n", "no")])
def test_on_a_terminal_the_licence_is_asked_about(command: CommandLine, typed: str, subscribed: str) -> None:
    with on_terminal(command, "catalog", "subscribe", "ppocr-text") as terminal:
        terminal.wait_for("Do you accept this licence")
        terminal.type(typed)
        terminal.read_to_end()

    assert re.search(rf"^ppocr-text .* {subscribed}$", command.run("catalog", "list").out, re.MULTILINE)
    if subscribed == "yes":
        command.run("catalog", "unsubscribe", "ppocr-text")


# work


def test_a_scripted_reviewer_accepts_what_the_page_says(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "Where is my parcel?", "guess": "angry & tired"})

    said = command.run("work", "--as", worker, "--accept")

    assert f"answered  {name}  ({name})\n" == said.out
    assert {"verdict": "angry & tired", "flags": {"urgent": False}} == answer_of(sqlite_server, name)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_scripted_reviewer_reads_the_size_of_any_picture(
    sqlite_server: Server, command: CommandLine, name: str, worker: str, kind: str
) -> None:
    picture = command.cwd / "picture"
    Image.new("RGB", (123, 45), "grey").save(picture, kind)
    s3 = sqlite_server.client("s3")
    s3.create_bucket(Bucket=f"{name}-in")
    s3.put_object(Bucket=f"{name}-in", Key="a b.x", Body=picture.read_bytes())
    given = [{"label": "car", "left": 1, "top": 2, "width": 30, "height": 20}]

    start_loop(
        sqlite_server, name, BOXES, {"picture": f"s3://{name}-in/a b.x", "labels": ["car"], "boxes": given}
    )
    command.run("work", "--as", worker, "--loop", name, "--accept")

    expected = {
        "boundingBoxes": given,
        "initialValueModified": False,
        "inputImageProperties": {"height": 45, "width": 123},
    }
    assert {"boxes": expected} == answer_of(sqlite_server, name)


def test_a_scripted_reviewer_submits_a_given_answer(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})

    command.run("work", "--as", worker, "--team", name, "--answer", "-", said='{"verdict": "calm"}')

    assert {"verdict": "calm"} == answer_of(sqlite_server, name)


def test_a_page_that_only_a_person_can_answer_is_given_back(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM.replace('value="{{ task.input.guess }}"', "required"), {"text": "x"})

    said = command.run("work", "--as", worker, "--accept", code=1)

    assert '<input name="verdict"> is required and empty, so a person has to fill it in.' in said.err
    assert 0 == sqlite_server.client("secondlook").describe_loop(HumanLoopName=name)["Loop"]["Working"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--as", "nobody@example.org", "--accept"], 1, "Nobody here has the address 'nobody@example.org'"),
        (["--as", "WORKER"], 2, "either --answer FILE or --accept"),
        (["--as", "WORKER", "--accept"], 1, "Nothing is waiting for"),
        (["--as", "WORKER", "--answer", "-"], 1, "holds no JSON"),
    ],
)
def test_work_that_cannot_be_done_says_why(
    command: CommandLine, worker: str, arguments: list[str], code: int, message: str
) -> None:
    said = command.run("work", *[worker if one == "WORKER" else one for one in arguments], code=code)

    assert message in said.err


# loops, events, webhooks


def test_loops_are_listed_shown_and_watched_until_they_end(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})

    listed = command.run("loops", "list", "--flow", name, "--status", "inprogress").out
    with command.running("loops", "watch", name) as watching:
        command.run("work", "--as", worker, "--accept")
        out, _ = watching.communicate(timeout=60)

    assert re.search(rf"^{name} +{name} +InProgress +0 of 1", listed, re.MULTILINE)
    assert 0 == watching.returncode
    assert re.search(r"Status +Completed", out)
    assert re.search(rf"^{worker} +submitted", out, re.MULTILINE)
    assert '"guess": "y"' in command.run("loops", "show", name, "--input").out
    assert name in eventually(lambda: name in (out := command.run("events").out) and out)
    assert name in command.run("events", "--json", "--limit", "100").out


def test_watching_a_loop_that_is_stopped_ends_with_an_error(
    sqlite_server: Server, command: CommandLine, name: str, worker: str
) -> None:
    start_loop(sqlite_server, name, FORM, {"text": "x", "guess": "y"})
    sqlite_server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)

    said = command.run("loops", "watch", name, code=1)

    assert f"{name} has ended without the answers it asked for" in said.err


def test_webhooks_are_added_listed_and_removed(command: CommandLine) -> None:
    added = command.run("webhooks", "add", "https://example.org/hook")
    number = re.search(r"Webhook (\d+)", added.err)[1]  # type: ignore[index]

    assert len(added.out.strip()) > 30
    assert re.search(
        rf"^{number} +https://example.org/hook +every one", command.run("webhooks", "list").out, re.MULTILINE
    )
    command.run("webhooks", "remove", number)
    assert re.search(rf"^{number} .* removed$", command.run("webhooks", "list").out, re.MULTILINE)


def test_a_webhook_needs_an_address(command: CommandLine) -> None:
    assert "must be an http or https address" in command.run("webhooks", "add", "ftp://x", code=1).err


# keys


def test_a_key_works_until_it_is_revoked(sqlite_server: Server, command: CommandLine, name: str) -> None:
    made = json.loads(command.run("keys", "create", name, "--scope", "admin", "--json").out)
    env = {
        **sqlite_server.environment,
        "AWS_ACCESS_KEY_ID": made["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"],
    }
    other = CommandLine(None, command.cwd, env)

    assert name in other.run("keys", "list").out
    command.run("keys", "revoke", made["AccessKeyId"])
    assert (
        "does not exist in our records. If the server was set up anew"
        in other.run("keys", "list", code=1).err
    )


def test_a_key_is_bound_to_buckets_and_ends(command: CommandLine, name: str) -> None:
    bound = ("--bucket", "pictures", "--bucket", "answers", "--expires", "2999-01-31")
    made = json.loads(command.run("keys", "create", name, "--scope", "runtime", *bound, "--json").out)
    listed = command.run("keys", "list").out

    assert re.search(
        rf"^{made['AccessKeyId']} +{name} +runtime +answers, pictures .* 2999-02-01 00:00 +never +in use$",
        listed,
        re.MULTILINE,
    )


def test_the_help_of_keys_create_says_what_each_scope_may_do(command: CommandLine) -> None:
    shown = " ".join(command.run("keys", "create", "--help").out.split())

    assert all(f"{scope}: {what}" in shown for scope, what in SCOPES.items())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--expires", "soon"), "'soon' is no time: write 30d, 12h, 5min, 2027-01-31 or 2027-01-31T18:00"),
        (("--expires", "2020-01-01"), "which is past"),
        (("--bucket", "No Bucket"), "no name of a bucket of yours"),
        (("--scope", "admin", "--bucket", "pictures"), "scope admin cannot be bound to buckets"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_and_without_a_server(
    command: CommandLine, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    code = 2 if "soon" in arguments else 1
    for line in (command, CommandLine(tmp_path / "new", tmp_path)):
        assert reason in line.run("keys", "create", "k", *arguments, code=code).err


def test_without_a_server_a_key_is_made_in_the_data_directory_itself(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = json.loads(CommandLine(data, tmp_path).run("keys", "create", "early", "--json").out)
    with Server(data) as server:
        listed = of(server.start(), tmp_path).run("keys", "list").out

    assert re.search(rf"^{made['AccessKeyId']} +early +requester +every one", listed, re.MULTILINE)


# serve


def test_every_wrong_start_is_one_clear_line(
    sqlite_server: Server, command: CommandLine, tmp_path: Path
) -> None:
    taken = command.run("serve", code=1).err
    port = CommandLine(tmp_path / "new", tmp_path).run("serve", "--port", str(sqlite_server.port), code=1).err
    setting = command.run("serve", "--account", "12", code=1).err

    assert re.search(r"Error: The data directory \S+ is in use by secondlook serve, process \d+\.", taken)
    assert f"Error: Cannot listen on 127.0.0.1:{sqlite_server.port}" in port
    assert "Error: --account must be 12 digits, not '12'" in setting


def test_help_of_serve_names_every_setting(command: CommandLine) -> None:
    shown = command.run("serve", "--help").out

    assert all(one.opts[0] in shown for one in serve_options())


def test_a_database_is_migrated_offline_and_only_then(
    sqlite_server: Server, command: CommandLine, tmp_path: Path
) -> None:
    assert "this version's schema" in CommandLine(tmp_path / "new", tmp_path).run("migrate").out
    assert "is in use by secondlook serve" in command.run("migrate", code=1).err


def test_ctrl_c_ends_a_server_without_a_fuss(own_server: Server) -> None:
    server = own_server.start()
    assert server.process is not None
    eventually(lambda: "Stop with Ctrl-C." in server.log)
    server.process.send_signal(signal.SIGINT)

    assert 0 == server.process.wait(30)
    assert "Traceback" not in server.log


def test_colours_are_for_terminals_that_want_them(command: CommandLine) -> None:
    plain = CommandLine(command.data, command.cwd, {"NO_COLOR": "1"})
    with on_terminal(command, "loops", "watch", "nothing") as terminal:
        terminal.read_to_end()
    with on_terminal(plain, "loops", "watch", "nothing") as without:
        without.read_to_end()

    assert "\x1b[31m" in terminal.raw
    assert "\x1b" not in without.raw
    assert "\x1b" not in command.run("loops", "watch", "nothing", code=1).err
