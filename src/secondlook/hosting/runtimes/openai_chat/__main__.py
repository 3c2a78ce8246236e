"""Serve a model that answers `POST <url>/chat/completions` as OpenAI's API does.

Environment: `MODEL_NAME`, `PROMPT` (what stands before the text or the picture that was sent; `{text}` in it is the place of the
text), `SYSTEM` (a system message), `MAX_TOKENS` (512), `TEMPERATURE` (0), `RESPONSE_SCHEMA` (a JSON schema that the answer is
held to), `LOGPROBS` (1: ask how likely each token was, for a score), and what `other_server` reads.
"""

from __future__ import annotations

import os

from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.openai_chat.messages import Options, answer, asked
from secondlook.hosting.runtimes.other_server import WORKERS, OtherServer
from secondlook.hosting.runtimes.serving import serve


def load() -> Predict:
    """Returns once the server lists its models. Raises SystemExit for variables that cannot be used."""
    try:
        options = Options.from_environment(os.environ)
    except ValueError as error:
        raise SystemExit(str(error)) from error
    server = OtherServer()
    server.wait_for("/models")

    def predict(request: Request) -> Reply:
        return json_reply(answer(server.post("/chat/completions", asked(request, options)), options))

    return predict


if __name__ == "__main__":
    serve(load, workers=WORKERS)
