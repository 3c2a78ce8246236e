"""Writes the pages of this folder that follow from the code: `operations.md` and `settings.md`.

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

from secondlook.api.operations import SERVED, spelled
from secondlook.review import rights
from secondlook.settings import Settings, flag, variable
from secondlook.wire import specs

HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code, then run `make docs`. -->\n\n"
TITLES = {
    "sagemaker": "Amazon SageMaker",
    "sagemaker-a2i-runtime": "Amazon Augmented AI Runtime",
    "sagemaker-runtime": "Amazon SageMaker Runtime",
    "s3": "Amazon S3",
    "sts": "AWS STS",
    "iam": "AWS IAM",
    "secondlook": "secondlook",
}


def operations() -> str:
    """Every operation served, by service, with the module that does it."""
    parts = [NOTE, "# Supported operations\n\nWhat is not listed is answered with an error that says so.\n"]
    parts.append(
        "\nThe column *key* names the narrowest scope of access keys that may call an operation (`secondlook keys create`):\n\n"
    )
    parts.extend(f"* `{scope}`: {what}\n" for scope, what in rights.SCOPES.items())
    for service, functions in SERVED.items():
        model = specs.load(service)
        served = sorted(name for name in model if spelled(name) in functions)
        parts.append(
            f"\n## {TITLES[service]}\n\n`{service}`: {len(served)} of {len(list(model))} operations.\n"
        )
        parts.append("\n| operation | key | done in | remarks |\n|---|---|---|---|\n")
        for name in served:
            function = functions[spelled(name)]
            module = function.__module__.removeprefix("secondlook.").replace(".", "/")
            remark = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
            key = rights.least(service, name)
            parts.append(f"| {name} | {key} | `{module}.py` | {remark} |\n")
    return "".join(parts)


def settings() -> str:
    """Every setting with its flag, variable, default and meaning."""
    parts = [
        NOTE,
        "# Settings\n\nEach is a flag of `secondlook serve` and an environment variable; the flag wins.\n",
    ]
    parts.append("\n| flag | variable | default | meaning |\n|---|---|---|---|\n")
    hints = typing.get_type_hints(Settings)
    for one in fields(Settings):
        shown = _default(one.default, hints[one.name])
        parts.append(f"| `{flag(one.name)}` | `{variable(one.name)}` | {shown} | {one.metadata['help']} |\n")
    return "".join(parts)


def _default(value: object, hint: object) -> str:
    if value is None or value == ():
        return "" if isinstance(hint, UnionType) or value == () else "none"
    return f"`{value}`"


PAGES = {"operations.md": operations, "settings.md": settings}


def main(arguments: list[str]) -> int:
    stale = []
    for name, write in PAGES.items():
        page, text = HERE / name, write()
        if page.exists() and page.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            page.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        print(f"out of date: {', '.join(stale)}; run `make docs`", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
