"""Serve py3langid: which language a text is written in.

The weights come inside the package `py3langid`, so nothing is fetched. Environment: `LANGUAGES` (ISO 639 codes, separated
by commas; all 139 unless given), `MOST` (languages answered, default 5).
"""

from __future__ import annotations

import os

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from secondlook.hosting.runtimes.call import Predict, Reply, Request, json_reply
from secondlook.hosting.runtimes.serving import serve
from secondlook.hosting.runtimes.text_language.text import beginning, text

SAMPLE = "The quick brown fox jumps over the lazy dog."


def load() -> Predict:
    """The identifier, warm."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages := os.environ.get("LANGUAGES"):
        _restrict(identifier, languages)
    most = int(os.environ.get("MOST", "5"))
    identifier.rank(SAMPLE)

    def predict(request: Request) -> Reply:
        ranked = identifier.rank(beginning(text(request)))
        return json_reply([{"id": language, "score": round(score, 4)} for language, score in ranked[:most]])

    return predict


def _restrict(identifier: LanguageIdentifier, languages: str) -> None:
    """Raises SystemExit for a code that the model does not know."""
    try:
        identifier.set_languages([language.strip() for language in languages.split(",")])
    except ValueError as error:
        raise SystemExit(f"LANGUAGES: {error}; known are {', '.join(sorted(identifier.labels))}") from error


if __name__ == "__main__":
    serve(load)
