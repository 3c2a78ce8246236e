"""The parser's words for what it reads, turned into what stands in the template; and what somebody meant by another language's."""

from __future__ import annotations

import re

from liquid import Token
from liquid.token import TOKEN_EOF, TOKEN_STRING

_FOUND = re.compile(r"(?<=found )\w+$|(?<=^unexpected )token \w+$")
_EXPECTED = re.compile(r"(?<=^expected ).+?(?=, found |$)")

_SENTENCES = {
    "disallowed not operator in logical expression": "Liquid has no 'not'",
    "disallowed parentheses in logical expression": "parentheses group nothing in Liquid",
}
_WANTED = {
    "a primitive expression": "a value",
    "an infix expression": "an operator",
    "in": "'in'",
    "one of ('colon',)": "':'",
    "word": "a name",
}

_CONDITION = re.compile(r"\b(?:if|elsif|unless|when)\b")
_WRITTEN = re.compile(r"[&|!=<>]+|\w+")
_MEANT = {
    word: advice
    for advice, words in {
        "'and'": "&& &",
        "'or'": "|| |",
        "'=='": "= === is eq equals",
        "'!='": "!== =! ne neq isnt",
        "'<'": "lt",
        "'<='": "le lte =<",
        "'>'": "gt",
        "'>='": "ge gte =>",
        "'contains', the list first": "in",
        "'contains'": "includes",
        "'!=', '== false' or 'unless'": "! not",
    }.items()
    for word in words.split()
}


def in_words(message: str, token: Token) -> str:
    """`message`, a syntax error at `token`, without names of kinds of tokens."""
    message = _SENTENCES.get(message, message)
    message = _EXPECTED.sub(lambda match: _WANTED.get(match[0], match[0]), message)
    return message if token.kind == TOKEN_EOF else _FOUND.sub(lambda _: _written(token), message)


def advice(template: str, index: int) -> str:
    """`; write 'or'` where a condition has at `index` what says so elsewhere; may be empty."""
    tag = template.rfind("{%", 0, index)
    if tag < template.rfind("{{", 0, index) or not _CONDITION.search(template, tag, index):
        return ""
    written = next((match[0] for match in _WRITTEN.finditer(template, tag) if match.end() > index), "")
    return f"; write {_MEANT[written]}" if written in _MEANT else ""


def _written(token: Token) -> str:
    return f"the text '{token.value}'" if token.kind == TOKEN_STRING else f"'{token.value}'"
