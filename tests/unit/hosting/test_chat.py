"""Models behind OpenAI's chat API: a small server of that API answers what it was asked."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from secondlook.hosting.errors import StartFailed
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance

from .conftest import invoke
from .translating import started

TOKEN = "sk-1"


@dataclass
class Chat:
    """Answers with `text`; keeps what it was asked."""

    port: int
    text: str = "A dog."
    status: int = 200
    logprobs: list[float] | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    chat: Chat


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/v1/models" else 404, {"object": "list", "data": []})

    def do_POST(self) -> None:
        chat = self.server.chat
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._answer(401, {"error": {"message": "Incorrect API key provided"}})
            return
        chat.asked.append(asked)
        choice: dict[str, Any] = {
            "index": 0,
            "message": {"role": "assistant", "content": chat.text},
            "finish_reason": "stop",
        }
        if asked.get("logprobs") and chat.logprobs is not None:
            choice["logprobs"] = {"content": [{"token": "x", "logprob": value} for value in chat.logprobs]}
        self._answer(chat.status, {"object": "chat.completion", "model": asked["model"], "choices": [choice]})

    def _answer(self, status: int, message: object) -> None:
        body = json.dumps(message).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def chat() -> Iterator[Chat]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.chat = Chat(server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.chat
    server.shutdown()
    server.server_close()


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return file


@pytest.fixture
def start(chat: Chat, token_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    def start(**environment: str) -> LocalInstance:
        process = started(
            "openai_chat",
            f"http://127.0.0.1:{chat.port}/v1",
            tmp_path,
            token_file=token_file,
            **{"MODEL_NAME": "small", **environment},
        )
        request.addfinalizer(process.stop)
        return process

    return start


def test_a_text_is_asked_behind_the_prompt(start: Any, chat: Chat) -> None:
    process = start(PROMPT="What is in it?", SYSTEM="Be short.", MAX_TOKENS="9", TEMPERATURE="0.5")

    status, body = invoke(process, "Ein Hund läuft.".encode(), Content_Type="text/plain")

    assert (status, json.loads(body)) == (200, {"text": "A dog.", "finish_reason": "stop", "model": "small"})
    assert chat.asked == [
        {
            "model": "small",
            "messages": [
                {"role": "system", "content": "Be short."},
                {"role": "user", "content": "What is in it?\n\nEin Hund läuft."},
            ],
            "max_tokens": 9,
            "temperature": 0.5,
        }
    ]


def test_the_prompt_may_have_a_place_for_the_text(start: Any, chat: Chat) -> None:
    invoke(start(PROMPT="Is <{text}> a {thing}?"), b'{"text": "a dog"}')

    assert chat.asked[0]["messages"] == [{"role": "user", "content": "Is <a dog> a {thing}?"}]


def test_a_picture_goes_along(start: Any, chat: Chat) -> None:
    invoke(start(PROMPT="What is it?"), b"\x89PNG", Content_Type="image/png")

    url = f"data:image/png;base64,{base64.b64encode(bytes([0x89]) + b'PNG').decode()}"
    assert chat.asked[0]["messages"][0]["content"] == [
        {"type": "text", "text": "What is it?"},
        {"type": "image_url", "image_url": {"url": url}},
    ]


def test_messages_go_through_as_they_are(start: Any, chat: Chat) -> None:
    messages = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello!"}]

    invoke(start(), json.dumps({"messages": messages, "model": "another"}).encode())

    assert chat.asked[0]["messages"] == messages
    assert chat.asked[0]["model"] == "small"


def test_an_answer_can_be_held_to_a_schema(start: Any, chat: Chat) -> None:
    schema = {"type": "object", "properties": {"animal": {"type": "string"}}}
    process = start(RESPONSE_SCHEMA=json.dumps(schema))
    chat.text = '{"animal": "dog"}'

    _, body = invoke(process, b"x", Content_Type="text/plain")
    chat.text = "I cannot say."
    _, without = invoke(process, b"x", Content_Type="text/plain")

    assert chat.asked[0]["response_format"]["json_schema"]["schema"] == schema
    assert json.loads(body)["answer"] == {"animal": "dog"}
    assert json.loads(without)["answer"] is None


def test_the_score_is_the_mean_of_the_tokens(start: Any, chat: Chat) -> None:
    process = start(LOGPROBS="1")
    chat.logprobs = [math.log(0.9), math.log(0.4)]

    _, body = invoke(process, b"x", Content_Type="text/plain")
    chat.logprobs = None
    _, without = invoke(process, b"x", Content_Type="text/plain")

    assert json.loads(body)["score"] == pytest.approx(0.6)
    assert "score" not in json.loads(without)


def test_its_errors_are_handed_on(start: Any, chat: Chat) -> None:
    process = start()
    chat.status = 429

    status, said = invoke(process, b"x", Content_Type="text/plain")

    assert status == 429
    assert b"/v1/chat/completions answered 429" in said


def test_a_token_that_is_changed_needs_no_restart_and_is_never_said(
    start: Any, token_file: Path, tmp_path: Path
) -> None:
    process = start()
    token_file.write_text("sk-wrong")

    status, said = invoke(process, b"x", Content_Type="text/plain")
    token_file.write_text(TOKEN)

    assert (status, b"Incorrect API key" in said) == (401, True)
    assert invoke(process, b"x", Content_Type="text/plain")[0] == 200
    assert b"sk-" not in said
    assert "sk-" not in (tmp_path / "openai_chat.log").read_text()


@pytest.mark.parametrize(
    ("status", "reason", "content_type", "body"),
    [
        (415, "Content type 'text/csv' is not supported", "text/csv", b"1,2"),
        (400, "The body is no JSON", "application/json", b"{"),
        (400, '{"messages": […]}', "application/json", b"[1]"),
        (400, "The body is not text in UTF-8", "text/plain", b"\xff"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    start: Any, status: int, reason: str, content_type: str, body: bytes
) -> None:
    answered, said = invoke(start(), body, Content_Type=content_type)

    assert answered == status
    assert reason in said.decode()


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"RESPONSE_SCHEMA": "{"}, "RESPONSE_SCHEMA is no JSON"),
        ({"RESPONSE_SCHEMA": "[]"}, "RESPONSE_SCHEMA must be a JSON object"),
        ({"MAX_TOKENS": "many"}, "MAX_TOKENS must be a number, not 'many'"),
    ],
)
def test_variables_that_cannot_be_used_are_named(
    start: Any, environment: dict[str, str], reason: str
) -> None:
    with pytest.raises(StartFailed, match=reason):
        start(**environment)


def test_an_answer_that_is_none_is_said_to_be(start: Any, chat: Chat) -> None:
    chat.text = None  # type: ignore[assignment]
    process = start()
    assert json.loads(invoke(process, b"x", Content_Type="text/plain")[1])["text"] == ""
