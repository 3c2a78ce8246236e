"""The language identifier, in its own process, on sentences and on what is none."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from secondlook.hosting.errors import StartFailed
from secondlook.hosting.instances.kinds.local.supervised import LocalInstance

from .conftest import invoke
from .test_models import started

pytest.importorskip("py3langid", reason="the extra secondlook[models] is not installed")

SENTENCES = {
    "en": "The invoice for the repair is due at the end of next week.",
    "de": "Die Rechnung für die Reparatur ist Ende nächster Woche fällig.",
    "fr": "La facture de la réparation doit être payée avant la fin du mois.",
    "es": "La factura de la reparación vence a finales de la próxima semana.",
    "it": "La fattura della riparazione scade alla fine della prossima settimana.",
    "nl": "De rekening voor de reparatie moet eind volgende week betaald zijn.",
    "pl": "Faktura za naprawę musi zostać zapłacona do końca przyszłego tygodnia.",
    "ru": "Счёт за ремонт должен быть оплачен до конца следующей недели.",
    "ko": "수리 청구서는 다음 주 말까지 지불해야 합니다.",
    "ja": "修理の請求書の支払期限は来週の終わりです。",
}


@pytest.fixture(scope="module")
def identifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalInstance]:
    home = tmp_path_factory.mktemp("identifier")
    process = started("langid-text", home, home)
    yield process
    process.stop()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_tells_its_language(identifier: LocalInstance, language: str) -> None:
    status, body = invoke(identifier, SENTENCES[language].encode(), Content_Type="text/plain")

    assert status == 200
    answer = json.loads(body)
    assert answer[0]["id"] == language
    assert answer[0]["score"] > 0.6
    assert len(answer) == 5
    scores = [candidate["score"] for candidate in answer]
    assert scores == sorted(scores, reverse=True)
    assert 0.9 <= sum(scores) <= 1.001


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"text": SENTENCES["de"]}).encode()),
        ("application/json", json.dumps(SENTENCES["de"]).encode()),
        ("text/plain; charset=latin-1", SENTENCES["de"].encode("latin-1")),
        ("text/plain; charset=utf-16", SENTENCES["de"].encode("utf-16")),
        ("application/octet-stream", SENTENCES["de"].encode("utf-8-sig")),
        ("text/plain", (SENTENCES["de"] * 90_000).encode()),
    ],
)
def test_a_text_comes_in_several_ways(identifier: LocalInstance, content_type: str, body: bytes) -> None:
    status, answer = invoke(identifier, body, Content_Type=content_type)

    assert (status, json.loads(answer)[0]["id"]) == (200, "de")


def test_two_letters_are_not_enough_and_the_score_says_so(identifier: LocalInstance) -> None:
    _, body = invoke(identifier, b"ok", Content_Type="text/plain")

    assert json.loads(body)[0]["score"] < 0.5


@pytest.mark.parametrize(
    ("status", "reason", "content_type", "body"),
    [
        (415, "Content type 'image/png' is not supported; send text/plain", "image/png", b"\x89PNG"),
        (415, "unknown encoding: klingon", "text/plain; charset=klingon", b"nuqneH"),
        (400, "is not text in UTF-8", "text/plain", b"\xff\xfe\xfd"),
        (400, "The text is empty", "text/plain", b" \n"),
        (400, "The body is no JSON", "application/json", b"{'text'}"),
        (400, "The body is no JSON", "application/json", b"[" * 100_000),
        (400, '{"text": "Guten Tag"}', "application/json", b'{"Text": "x"}'),
        (400, '{"text": "Guten Tag"}', "application/json", b'{"text": 7}'),
    ],
)
def test_what_is_no_text_is_refused(
    identifier: LocalInstance, status: int, reason: str, content_type: str, body: bytes
) -> None:
    answered, said = invoke(identifier, body, Content_Type=content_type)

    assert answered == status
    assert reason in said.decode()


def test_a_lone_surrogate_does_no_harm(identifier: LocalInstance) -> None:
    assert (
        invoke(identifier, b'{"text": "Guten Tag \\ud800, mein Herr"}', Content_Type="application/json")[0]
        == 200
    )


def test_the_choice_can_be_limited(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("limited")
    process = started("langid-text", home, home, LANGUAGES="fr, it", MOST="1")
    try:
        _, body = invoke(process, SENTENCES["es"].encode(), Content_Type="text/plain")
    finally:
        process.stop()

    (answer,) = json.loads(body)
    assert answer["id"] in {"fr", "it"}


def test_a_language_that_the_model_does_not_know_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("unknown")

    with pytest.raises(StartFailed, match=r"LANGUAGES: .*tlh.*known are ace, af, "):
        started("langid-text", home, home, LANGUAGES="de,tlh")
