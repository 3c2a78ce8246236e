"""`secondlook templates`: faults of templates before a loop fails of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from secondlook.cli import examples
from tests.commandline import CommandLine, of
from tests.example_templates import EXAMPLES
from tests.running import Server

FAULTY = "<crowd-form>\n  <crowd-boundingbox></crowd-boundingbox>\n{{ task.input.a | }}\n</crowd-form>"


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    """The command in a directory without a server."""
    return CommandLine(None, tmp_path)


def test_check_names_file_line_and_column_and_fails(alone: CommandLine) -> None:
    (alone.cwd / "good.html").write_text("<crowd-form>{{ task.input.a }}</crowd-form>")
    (alone.cwd / "odd.html").write_text(FAULTY)

    said = alone.run("templates", "check", "good.html", "odd.html", code=1)

    assert [
        "odd.html:2:3: There is no element <crowd-boundingbox>; did you mean <crowd-bounding-box>?",
        "odd.html:3:18: Expected a name, found end of expression",
    ] == said.out.splitlines()
    assert "2 problems found." in said.err


def test_check_is_content_with_what_is_good(alone: CommandLine) -> None:
    said = alone.run("templates", "check", "-", said="<crowd-form>{{ task.input.a }}</crowd-form>")

    assert ("", "No problem found.\n") == (said.out, said.err)


def test_a_misspelt_variable_is_warned_of_and_fails_nothing(alone: CommandLine) -> None:
    (alone.cwd / "page.html").write_text("<crowd-form>\n{{ tsk.input.a }}\n</crowd-form>")

    said = alone.run("templates", "check", "page.html")

    assert (
        said.out == "page.html:2:4: warning: Nothing is called 'tsk.input' here; did you mean 'task.input'?\n"
    )
    assert said.err == "1 warning found.\n"


def test_warnings_that_are_left_out_are_counted(alone: CommandLine) -> None:
    (alone.cwd / "page.html").write_text(f"<crowd-form>{'{{ a }}' * 30}</crowd-form>")

    said = alone.run("templates", "check", "page.html")

    assert (
        "page.html: warning: Variables that nothing gives a value stand at 10 more places."
        == said.out.splitlines()[-1]
    )
    assert said.err == "30 warnings found.\n"


def test_warnings_are_counted_beside_what_fails(alone: CommandLine) -> None:
    (alone.cwd / "page.html").write_text("<crowd-form>{{ a }}{{ b | json }}</crowd-form>")

    said = alone.run("templates", "check", "page.html", code=1)

    assert [line.split(": ")[1] for line in said.out.splitlines()] == [
        "warning",
        "warning",
        "There is no filter 'json'; did you mean 'to_json'?",
    ]
    assert "1 problem and 2 warnings found." in said.err


def test_check_with_an_input_finds_what_only_the_page_shows(alone: CommandLine) -> None:
    (alone.cwd / "page.html").write_text(
        "<crowd-form>\n<img src='{{ task.input.picture | grant_read_access }}'></crowd-form>"
    )
    (alone.cwd / "good.json").write_text(json.dumps({"picture": "s3://bucket/key"}))
    (alone.cwd / "odd.json").write_text(json.dumps({"picture": "key"}))

    alone.run("templates", "check", "page.html", "--input", "good.json")
    said = alone.run("templates", "check", "page.html", "--input", "odd.json", code=1)

    assert 'page.html:2:35: "grant_read_access" input is not a valid S3 URI: "key"\n' == said.out


def test_check_names_the_file_of_the_input_where_that_is_what_is_broken(alone: CommandLine) -> None:
    (alone.cwd / "one.html").write_text("<crowd-form></crowd-form>")
    (alone.cwd / "two.html").write_text("<crowd-form>{{ task.input.a }}</crowd-form>")
    (alone.cwd / "broken.json").write_text('{"a": ')
    said = alone.run("templates", "check", "one.html", "two.html", "--input", "broken.json", code=1)

    assert said.out.startswith("broken.json: The task's input is not JSON: ")
    assert 1 == said.out.count("\n")
    assert "1 problem found." in said.err


def test_check_says_that_a_file_is_no_text(alone: CommandLine) -> None:
    (alone.cwd / "picture.html").write_bytes(b"<p>\xff")

    assert (
        "picture.html is not UTF-8 text: invalid start byte at byte 3"
        in alone.run("templates", "check", "picture.html", code=1).err
    )


def test_list_tells_what_is_wrong_with_the_templates_of_the_server(
    sqlite_server: Server, tmp_path: Path, name: str
) -> None:
    sagemaker = sqlite_server.client("sagemaker")
    misspelt = "<crowd-form>{{ tsk.input }}</crowd-form>"
    for suffix, template in (("warned", misspelt), ("good", "<crowd-form></crowd-form>"), ("odd", FAULTY)):
        sagemaker.create_human_task_ui(HumanTaskUiName=f"{name}-{suffix}", UiTemplate={"Content": template})

    lines = of(sqlite_server, tmp_path).run("templates", "list").out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(f"{name}-odd "))

    assert lines[at].endswith("did you mean <crowd-bounding-box>? (line 2, column 3).")
    assert lines[at + 1].strip() == "Expected a name, found end of expression (line 3, column 18)."
    assert lines[at + 2].startswith(f"{name}-good ")
    assert lines[at + 2].endswith("none")
    assert "warning: Nothing is called 'tsk.input' here" in lines[at + 3]


def test_problems_come_with_their_places(sqlite_server: Server, name: str) -> None:
    sqlite_server.client("sagemaker").create_human_task_ui(
        HumanTaskUiName=name, UiTemplate={"Content": "<p>\n{{ 1 | upcas }}{{ tsk.input }}"}
    )

    listed = sqlite_server.client("secondlook").list_templates(MaxResults=1)["Templates"]

    assert name == listed[0]["HumanTaskUiName"]
    assert [
        {
            "Code": "InvalidTemplate",
            "Severity": "ERROR",
            "Message": "There is no filter 'upcas'; did you mean 'upcase'? (line 2, column 8).",
            "Line": 2,
            "Column": 8,
        },
        {
            "Code": "UnknownVariable",
            "Severity": "WARNING",
            "Message": "Nothing is called 'tsk.input' here; did you mean 'task.input'? (line 2, column 19).",
            "Line": 2,
            "Column": 19,
        },
        "MissingForm",
    ] == [problem if "Line" in problem else problem["Code"] for problem in listed[0]["Problems"]]


def test_an_example_is_copied_with_what_its_sample_names(alone: CommandLine) -> None:
    said = alone.run("templates", "copy", "document-pairs", "image-boxes", "--to", "mine", "--bucket", "b-1")

    folders = {path.name: path for path in (alone.cwd / "mine").iterdir()}
    assert {path.name for path in folders["document-pairs"].iterdir()} == {
        "answer.schema.json",
        "input.json",
        "invoice.png",
        "template.liquid.html",
    }
    assert (
        json.loads((folders["image-boxes"] / "input.json").read_text())["taskObject"] == "s3://b-1/coffee.jpg"
    )
    assert "mine/image-boxes/coffee.jpg" in said.out.splitlines()


def test_a_copy_overwrites_nothing(alone: CommandLine) -> None:
    (alone.cwd / "image-boxes").mkdir()

    assert "image-boxes is there already" in alone.run("templates", "copy", "image-boxes", code=1).err
    assert [] == list((alone.cwd / "image-boxes").iterdir())


def test_an_example_that_does_not_exist_is_told_with_its_like(alone: CommandLine) -> None:
    assert "did you mean image-boxes?" in alone.run("templates", "copy", "image-box", code=1).err


def test_every_example_brings_what_its_sample_names() -> None:
    assert {example.name for example in examples.every()} == {example.name for example in EXAMPLES}
    assert [] == [
        example.name
        for example in examples.every()
        if example.sample.count(examples.BUCKET) and not example.media
    ]


def test_a_template_of_the_server_is_made_of_an_example_or_a_file(
    sqlite_server: Server, tmp_path: Path, name: str
) -> None:
    shell = of(sqlite_server, tmp_path)
    (tmp_path / "page.html").write_text("<crowd-form>mine</crowd-form>")
    shell.run("templates", "create", f"{name}-one", "--example", "image-boxes")
    arn = shell.run("templates", "create", f"{name}-two", "page.html").out.strip()

    sagemaker = sqlite_server.client("sagemaker")
    assert arn == sagemaker.describe_human_task_ui(HumanTaskUiName=f"{name}-two")["HumanTaskUiArn"]
    one = sagemaker.describe_human_task_ui(HumanTaskUiName=f"{name}-one")
    content = examples.find("image-boxes").template.read_bytes()
    assert one["UiTemplate"]["ContentSha256"] == hashlib.sha256(content).hexdigest()
    assert "either FILE or --example" in shell.run("templates", "create", f"{name}-three", code=2).err
