"""What somebody meant who wrote a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_ELSEWHERE = {
    "task.input": "input inputs task_input taskinput",
    # Filters, as Shopify's themes, Jekyll, LiquidJS, Jinja, Twig and Handlebars call them.
    "to_json": "json jsonify tojson json_encode dump inspect stringify serialize json_dump",
    "skip_autoescape": "raw safe html_safe unescape",
    "escape": "e escape_html html_escape xml_escape forceescape escapejs html_encode sanitize escapehtml",
    "url_encode": "encode_uri uri_encode cgi_escape uri_escape urlencode url_escape url_param_escape encodeuricomponent",
    "grant_read_access": "grant_read presigned_url presign s3_url signed_url asset_url file_url img_url image_url",
    "size": "length count len",
    "downcase": "lower lowercase tolower tolowercase",
    "upcase": "upper uppercase toupper touppercase",
    "capitalize": "title titlecase camelize capfirst",
    "strip": "trim",
    "lstrip": "ltrim trimstart strip_left",
    "rstrip": "rtrim trimend strip_right chomp",
    "squish": "normalize_whitespace collapse",
    "strip_html": "striptags strip_tags remove_html remove_tags",
    "newline_to_br": "nl2br linebreaks linebreaksbr simple_format",
    "truncatewords": "number_of_words excerpt",
    "plus": "add",
    "minus": "sub subtract",
    "times": "mul multiply multiplied_by",
    "divided_by": "div divide",
    "modulo": "mod remainder rem",
    "date": "strftime date_format format_date date_to_string date_to_long_string date_to_xmlschema time_tag time datetime",
    "default": "d coalesce if_nil ifnull default_if_none",
    "concat": "merge push",
    "uniq": "uniq_by dedupe unique distinct",
    "where": "select selectattr filter where_exp",
    "reject": "rejectattr",
    "map": "map_by pluck collect",
    "sort": "sort_by sort_asc sort_desc dictsort order",
    "join": "array_to_sentence_string to_sentence implode",
    "slice": "substring substr",
    "base64_encode": "b64encode base64 b64 btoa",
    "base64_decode": "b64decode atob",
    "url_decode": "decodeuricomponent cgi_unescape unquote",
    "ceil": "ceiling",
    "abs": "absolute abs_value",
    "at_least": "max",
    "at_most": "min",
    "first": "head",
    "last": "tail",
    "split": "explode words",
    "append": "suffix",
    "prepend": "prefix",
    "replace": "gsub replaceall replace_all regex_replace replace_regex",
    "reverse": "reverse_string",
    "sum": "total sum_by",
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

_DONE_BY_NOTHING = frozenset(
    [
        "from_json",
        "parse_json",
        "json_decode",
        "html_decode",
        "pow",
        "sqrt",
        "string",
        "hash",
        "chars",
        "contains",
    ]
)
"""Filters of others for which nothing here stands, though the letters of some name are alike."""

_ALIKE = 0.75
"""How much of two words of the language must be the same, of 1: `float` is not `last`."""

OWN = 0.6
"""As much of two names that an author has given: there are few, and each may be meant."""


def suggestion(name: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """`; did you mean '…'?`, one of the names that are known: by what `name` means elsewhere, or by its letters. May be empty."""
    names = set(known)
    word = name.lower().replace("-", "_")
    meant = word if word in names else _MEANT.get(word)
    if word in _DONE_BY_NOTHING:
        return ""
    close = [meant] if meant in names else get_close_matches(name, sorted(names), n=1, cutoff=alike)
    return f"; did you mean '{close[0]}'?" if close else ""
