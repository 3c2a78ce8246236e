"""A worker's page in one call: `page(template, name=value, …)`, the names being members of `task.input`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from secondlook.review.liquid import RenderError, TemplateError, render


def link(uri: str) -> str:
    return f"https://here/{uri.removeprefix('s3://')}?a=1&b=2"


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    def page(template: str, **task_input: object) -> str:
        return render(template, task_input, link)

    return page


@pytest.fixture(scope="session")
def problem() -> Callable[..., TemplateError]:
    def problem(template: str, **task_input: object) -> TemplateError:
        with pytest.raises(RenderError) as failure:
            render(template, task_input, link)
        return failure.value.problem

    return problem
