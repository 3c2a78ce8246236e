"""The context that a script's functions may ask for: the request's headers, and what goes back besides the body."""

from __future__ import annotations

import pytest

from secondlook.hosting.runtimes.call import Reply, Request

from .conftest import Load

ATTRIBUTES = "x-amzn-sagemaker-custom-attributes"


def test_headers_of_the_request_are_found_in_whatever_case(load: Load) -> None:
    predict = load("""
        def transform_fn(model, body, content_type, accept, context):
            name = "X-Amzn-SageMaker-Custom-Attributes"
            every = context.get_all_request_header(0)
            properties = context.request_processor[0].get_request_properties()
            seen = [context.get_request_header(0, name), every[name], properties.get(name), name in every]
            return repr([*seen, context.get_request_header(0, "Cookie"), "Cookie" in every])
    """)

    assert predict(Request(b"", headers={ATTRIBUTES: "tenant=7"})).body == (
        b"['tenant=7', 'tenant=7', 'tenant=7', True, None, False]"
    )


def test_a_context_belongs_to_one_request(load: Load) -> None:
    predict = load("""
        def transform_fn(model, body, content_type, accept, context):
            if body:
                context.set_response_header(0, "X-Amzn-SageMaker-Custom-Attributes", body.decode())
            return ""
    """)

    assert predict(Request(b"first")).headers == {ATTRIBUTES: "first"}
    assert predict(Request(b"")).headers == {}


def test_a_script_sets_type_status_and_attributes_of_the_answer(load: Load) -> None:
    predict = load("""
        def transform_fn(model, body, content_type, accept, context):
            context.set_response_content_type(0, "text/html")
            context.set_response_status(code=422, phrase="Unprocessable")
            context.set_response_header(0, "X-Amzn-SageMaker-Custom-Attributes", "seen")
            context.set_response_header(0, "Content-Length", "7")
            return str((context.get_response_status(), context.get_response_content_type(0)))
    """)

    assert predict(Request(b"")) == Reply(
        b"((422, 'Unprocessable'), 'text/html')", "text/html", 422, {ATTRIBUTES: "seen"}
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("set_response_header(0, 'X-Amzn-SageMaker-Custom-Attributes', 'a\\r\\nb: c')", "printable ASCII"),
        ("set_response_content_type(0, 'text/html\\n')", "printable ASCII"),
        ("set_response_status(42)", "42 is no HTTP status of an answer"),
    ],
)
def test_what_no_answer_can_hold_is_refused_where_it_is_said(load: Load, call: str, said: str) -> None:
    predict = load(f"def transform_fn(model, body, content_type, accept, context): context.{call}")

    with pytest.raises(ValueError, match=said):
        predict(Request(b""))
