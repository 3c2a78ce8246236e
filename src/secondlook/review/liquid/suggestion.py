"""What somebody meant who wrote a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_ELSEWHERE = {
    "task.input": "input inputs task_input taskinput",
    # Filters, as Shopify's themes, Jekyll, LiquidJS, Jinja, Twig and Handlebars call them.
    "to_json": "json jsonify tojson json_encode dump inspect stringify",
    "skip_autoescape": "raw safe html_safe unescape",
    "escape": "e html_escape xml_escape forceescape escapejs",
    "url_encode": "cgi_escape uri_escape urlencode url_escape url_param_escape",
    "grant_read_access": "presign s3_url signed_url asset_url file_url img_url image_url",
    "size": "length count len",
    "downcase": "lower lowercase tolower",
    "upcase": "upper uppercase toupper",
    "capitalize": "title titlecase camelize capfirst",
    "strip": "trim",
    "lstrip": "ltrim trimstart",
    "rstrip": "rtrim trimend",
    "squish": "normalize_whitespace collapse",
    "strip_html": "striptags strip_tags",
    "newline_to_br": "nl2br linebreaks linebreaksbr simple_format",
    "truncatewords": "number_of_words excerpt",
    "plus": "add",
    "minus": "sub subtract",
    "times": "mul multiply multiplied_by",
    "divided_by": "div divide",
    "modulo": "mod remainder",
    "date": "strftime date_format format_date date_to_string date_to_long_string date_to_xmlschema time_tag",
    "default": "d",
    "concat": "merge push",
    "uniq": "unique distinct",
    "where": "select selectattr filter where_exp",
    "reject": "rejectattr",
    "map": "pluck",
    "sort": "sort_by dictsort order",
    "join": "array_to_sentence_string",
    "slice": "substring substr",
    "base64_encode": "b64encode base64",
    "base64_decode": "b64decode",
    # Tags.
    "elsif": "elseif elif",
    "assign": "set let var with",
    "for": "foreach each loop",
    "endfor": "endforeach endeach",
    "case": "switch",
    "when": "of",
    "capture": "block macro",
    "raw": "verbatim",
}
_MEANT: Mapping[str, str] = {word: name for name, words in _ELSEWHERE.items() for word in words.split()}


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean '…'?`, one of the names that are known: by what `name` means elsewhere, or by its letters. May be empty."""
    names = set(known)
    meant = _MEANT.get(name.lower().replace("-", "_"))
    close = [meant] if meant in names else get_close_matches(name, sorted(names), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
