"""Requests and answers of OpenAI's chat API. Pure.

Source: OpenAI's API reference, "Create chat completion", as far as vLLM, llama.cpp and Ollama serve it too.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from secondlook.hosting.runtimes.call import Request, RequestError

Message = Mapping[str, Any]

PLACE = "{text}"


@dataclass(frozen=True, slots=True)
class Options:
    """What each question is asked with."""

    model: str
    prompt: str
    system: str
    max_tokens: int
    temperature: float
    schema: Mapping[str, Any] | None
    has_score: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises ValueError naming the variable that cannot be used."""
        if "MODEL_NAME" not in environment:
            raise ValueError("MODEL_NAME says which of the server's models is asked, and is not set")
        return cls(
            model=environment["MODEL_NAME"],
            prompt=environment.get("PROMPT", ""),
            system=environment.get("SYSTEM", ""),
            max_tokens=_number(environment, "MAX_TOKENS", 512, int),
            temperature=_number(environment, "TEMPERATURE", 0.0, float),
            schema=_schema(environment.get("RESPONSE_SCHEMA")),
            has_score=environment.get("LOGPROBS", "") not in {"", "0"},
        )


def asked(request: Request, options: Options) -> Message:
    """The question: `messages` of a JSON object as they are, else a text or a picture behind the prompt.

    Refuses other bodies (415) and what is not what it is said to be (400).
    """
    return {
        "model": options.model,
        "messages": _messages(request, options),
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        **({"logprobs": True} if options.has_score else {}),
        **({"response_format": _format(options.schema)} if options.schema else {}),
    }


def answer(completion: Message, options: Options) -> Message:
    """`{"text", "finish_reason", "model"}`; with a schema `answer` too, which is the text as JSON, and with LOGPROBS `score`.

    The score is the geometric mean of the probabilities of the tokens, 0 to 1: how sure the model was of its words, not of their
    truth. It is missing where the server does not tell them. Refuses an answer that is none of the chat API (502).
    """
    try:
        choice = completion["choices"][0]
        text = choice["message"]["content"] or ""
        said = {"text": text, "finish_reason": choice.get("finish_reason"), "model": completion.get("model")}
    except (KeyError, IndexError, TypeError) as error:
        raise RequestError(502, f"the answer is none of the chat API: {error!r}") from error
    if options.schema is not None:
        said["answer"] = _json(text)
    score = _score(choice.get("logprobs")) if options.has_score else None
    return said if score is None else {**said, "score": score}


def _messages(request: Request, options: Options) -> list[Message]:
    system: list[Message] = [{"role": "system", "content": options.system}] if options.system else []
    media_type = request.media_type
    if media_type.startswith("image/"):
        url = f"data:{media_type};base64,{base64.b64encode(request.body).decode()}"
        picture = {"type": "image_url", "image_url": {"url": url}}
        before = [{"type": "text", "text": options.prompt}] if options.prompt else []
        return [*system, {"role": "user", "content": [*before, picture]}]
    if media_type == "application/json":
        sent = _sent(request.body)
        if isinstance(sent, dict) and isinstance(sent.get("messages"), list):
            return [*system, *sent["messages"]]
        text = sent.get("text") if isinstance(sent, dict) else sent
        if not isinstance(text, str):
            raise RequestError(400, 'The body must be a text, {"text": "…"} or {"messages": […]}')
    elif media_type in {"text/plain", ""}:
        text = _text(request.body)
    else:
        raise RequestError(
            415,
            f"Content type {request.content_type!r} is not supported; send text/plain, application/json or a picture",
        )
    return [*system, {"role": "user", "content": _prompted(options.prompt, text)}]


def _prompted(prompt: str, text: str) -> str:
    if PLACE in prompt:
        return prompt.replace(PLACE, text)
    return f"{prompt}\n\n{text}" if prompt else text


def _format(schema: Mapping[str, Any]) -> Message:
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


def _sent(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(400, f"The body is no JSON: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeError as error:
        raise RequestError(400, f"The body is not text in UTF-8: {error}") from error


def _json(text: str) -> Any:
    """The answer as JSON, None where the model did not keep to it: `text` has what it said, and `finish_reason` perhaps why."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _score(logprobs: Any) -> float | None:
    tokens = logprobs.get("content") if isinstance(logprobs, dict) else None
    try:
        likely = [min(0.0, float(token["logprob"])) for token in tokens or ()]
    except (KeyError, TypeError, ValueError):
        return None
    return round(math.exp(sum(likely) / len(likely)), 4) if likely else None


def _schema(text: str | None) -> Mapping[str, Any] | None:
    if not text:
        return None
    try:
        schema = json.loads(text)
    except ValueError as error:
        raise ValueError(f"RESPONSE_SCHEMA is no JSON: {error}") from error
    if not isinstance(schema, dict):
        raise ValueError("RESPONSE_SCHEMA must be a JSON object")  # noqa: TRY004  (of what a person wrote, not of a type in a program)
    return schema


def _number(environment: Mapping[str, str], name: str, otherwise: Any, kind: Any) -> Any:
    text = environment.get(name)
    try:
        return otherwise if text is None else kind(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, not {text!r}") from None
