"""Writes what follows from the code: `operations.md`, `settings.md` and `elements.md` of this folder.

python docs/generate.py            write them
python docs/generate.py --check    say which are out of date, and fail
"""

from __future__ import annotations

import inspect
import sys
import typing
from dataclasses import fields
from pathlib import Path
from types import UnionType

from secondlook.api.operations import SERVICES, Operation, served, traits
from secondlook.review.decisions import rights
from secondlook.review.render import attributes
from secondlook.review.render import elements as library
from secondlook.settings import Settings, flag, variable
from secondlook.wire import specs

HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code, then run `make docs`. -->\n\n"


def operations() -> str:
    """Every operation served, by service, with the module that does it."""
    parts = [NOTE, "# Supported operations\n\nWhat is not listed is answered with an error that says so.\n"]
    parts.append(
        "\nThe column *key* names the narrowest scope of access keys that may call an operation (`secondlook keys create`):\n\n"
    )
    parts.extend(f"* `{scope}`: {what}\n" for scope, what in rights.SCOPES.items())
    for service in SERVICES:
        model, functions = specs.load(service), served(service)
        parts.append(
            f"\n## {model.full_name}\n\n`{service}`: {len(functions)} of {len(list(model))} operations.\n"
        )
        parts.append("\n| operation | key | done in | remarks |\n|---|---|---|---|\n")
        parts.extend(_row(name, functions[name], rights.least(service, name)) for name in sorted(functions))
        for name, (function, like) in traits(service).beside_the_model.items():
            parts.append(_row(f"{name} (beside the model)", function, rights.least(service, like)))
    return "".join(parts)


def _row(name: str, function: Operation, key: str) -> str:
    module = function.__module__.removeprefix("secondlook.").replace(".", "/")
    remark = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    return f"| {name} | {key} | `{module}.py` | {remark} |\n"


def settings() -> str:
    """Every setting with its flag, variable, default and meaning."""
    parts = [
        NOTE,
        "# Settings\n\nEach is a flag of `secondlook serve` and an environment variable; the flag wins.\n",
    ]
    parts.append("\n| flag | variable | default | meaning |\n|---|---|---|---|\n")
    hints = typing.get_type_hints(Settings)
    for setting in fields(Settings):
        shown = _default(setting.default, hints[setting.name])
        parts.append(
            f"| `{flag(setting.name)}` | `{variable(setting.name)}` | {shown} | {setting.metadata['help']} |\n"
        )
    return "".join(parts)


def _default(value: object, hint: object) -> str:
    if value is None or value == ():
        return "" if isinstance(hint, UnionType) or value == () else "none"
    return f"`{value}`"


def elements() -> str:
    """Every element with its attributes, what these mean, and what of Amazon's is not honoured."""
    parts = [
        NOTE,
        "# Elements\n\nWhat worker task templates may use: every element of Amazon's library, and two beside it. Any other `crowd-` element fails a\n",
        "loop, with its line in the template; those that a template defines itself are its own affair ([behaviour.md](behaviour.md)).\n",
        "\nEach is live, with its attributes to edit and its answer as it changes, on the page *Elements* of the console, and in the pages that\n",
        "`make gallery` writes for any web server. `secondlook templates check FILE` tells what is misspelt, unnamed or cannot be read, with the place;\n",
        "`secondlook templates examples` lists whole templates.\n",
        "\n| element | what for | attributes |\n|---|---|---|\n",
    ]
    parts += [_element(*element) for element in {**library.AMAZONS, **library.OURS}.items()]
    parts.append(
        "\n## Attributes\n\nLists and objects are lenient JSON: single quotes, bare keys, commas at the end and comments are good. A flag holds"
        " whatever its value. Changes after the page has come take effect.\n\n| attribute | what it says |\n|---|---|\n"
    )
    parts.extend(f"| `{name}` | {what} |\n" for name, what in attributes.MEANINGS.items())
    parts.append(
        "\n## What is not honoured\n\nOf what Amazon documents, or its elements are known to do. Where it is silent, our choices are in"
        " [behaviour.md](behaviour.md); what a page's frame keeps from it, the microphone and workers of modules from a Blob too, in"
        " [templates.md](templates.md).\n\n| element | what | here |\n|---|---|---|\n"
    )
    parts.extend(f"| {where} | {what} | {here} |\n" for where, what, here in attributes.NOT_HONOURED)
    return "".join(parts)


def _element(tag: str, purpose: str) -> str:
    names = ", ".join(f"`{name}`" for name in attributes.ATTRIBUTES.get(tag, ()))
    return f"| `{tag}` | {purpose} | {names} |\n"


PAGES = {
    HERE / "operations.md": operations,
    HERE / "settings.md": settings,
    HERE / "elements.md": elements,
}


def main(arguments: list[str]) -> int:
    stale = []
    for page, write in PAGES.items():
        text = write()
        if page.exists() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(page.name)
        if "--check" not in arguments:
            page.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"out of date: {', '.join(stale)}; run `make docs`", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
