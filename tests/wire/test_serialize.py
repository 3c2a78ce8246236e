"""What is particular about our answers, beyond what AWS's cases and botocore's parsers show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.wire import scalars, specs
from secondlook.wire.http import Headers, Response
from secondlook.wire.parse import xmltree
from secondlook.wire.serialize import jsonbody, serialize
from secondlook.wire.serialize.xmlbody import element, escape

S3 = "{http://s3.amazonaws.com/doc/2006-03-01/}"
PROTOCOLS = {
    "sagemaker": "json",
    "sagemaker-a2i-runtime": "rest-json",
    "sagemaker-runtime": "rest-json",
    "sts": "query",
}

moments = st.datetimes(
    min_value=datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    max_value=datetime(2200, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    timezones=st.just(UTC),
)


def _answer(service: str, name: str, result: dict[str, Any]) -> Response:
    return serialize(
        specs.load(service).operation(name), PROTOCOLS.get(service, "rest-xml"), result, "request-1"
    )


def test_a_member_that_the_model_does_not_have_is_our_mistake() -> None:
    with pytest.raises(TypeError, match=r"sagemaker\.CreateModel has no output member Modelarn"):
        _answer("sagemaker", "CreateModel", {"Modelarn": "arn"})


def test_none_is_the_same_as_absent() -> None:
    assert _answer("sagemaker", "ListModels", {"Models": [], "NextToken": None}).body == b'{"Models":[]}'


def test_the_control_plane_tells_times_in_seconds() -> None:
    moment = datetime(2021, 2, 17, 19, 20, 38, 451000, tzinfo=UTC)

    body = _answer("sagemaker", "ListModels", {"Models": [{"CreationTime": moment}]}).body

    assert body == b'{"Models":[{"CreationTime":1613589638.451}]}'


def test_a2i_tells_times_as_text() -> None:
    moment = datetime(2021, 2, 17, 19, 20, 38, 451000, tzinfo=UTC)

    body = _answer("sagemaker-a2i-runtime", "DescribeHumanLoop", {"CreationTime": moment}).body

    assert body == b'{"CreationTime":"2021-02-17T19:20:38.451000Z"}'


@pytest.mark.parametrize("name", ["StopHumanLoop", "DeleteHumanLoop"])
def test_an_operation_without_output_answers_an_empty_object(name: str) -> None:
    response = _answer("sagemaker-a2i-runtime", name, {})

    assert (response.status, response.body) == (200, b"{}")


def test_a_value_cannot_begin_a_header_of_its_own() -> None:
    response = _answer(
        "s3", "GetObject", {"ContentDisposition": "a\r\nset-cookie: b", "Metadata": {"a": "x\ny\x00"}}
    )

    headers = Headers(response.headers)
    assert headers.get("content-disposition") == "a  set-cookie: b"
    assert headers.get("x-amz-meta-a") == "x y"


@pytest.mark.parametrize(("value", "sent"), [("ü", b"\xfc"), ("€", "€".encode()), ("Ã¼", "ü".encode())])
def test_a_header_is_bytes_whatever_its_value(value: str, sent: bytes) -> None:
    response = _answer("s3", "GetObject", {"Metadata": {"a": value}})

    assert Headers(response.headers).get("x-amz-meta-a").encode("latin-1") == sent


@pytest.mark.parametrize(
    ("name", "result", "root"),
    [
        ("ListBuckets", {"Buckets": []}, "ListAllMyBucketsResult"),
        ("ListObjects", {"Name": "b"}, "ListBucketResult"),
        ("ListObjectsV2", {"Name": "b"}, "ListBucketResult"),
        ("CreateMultipartUpload", {"UploadId": "u"}, "InitiateMultipartUploadResult"),
        ("CompleteMultipartUpload", {"Key": "k"}, "CompleteMultipartUploadResult"),
        ("CopyObject", {"CopyObjectResult": {"ETag": "e"}}, "CopyObjectResult"),
        ("UploadPartCopy", {"CopyPartResult": {"ETag": "e"}}, "CopyPartResult"),
        ("DeleteObjects", {"Deleted": [{"Key": "k"}]}, "DeleteResult"),
        ("ListParts", {"Key": "k"}, "ListPartsResult"),
        ("ListMultipartUploads", {"Bucket": "b"}, "ListMultipartUploadsResult"),
        ("GetBucketAccelerateConfiguration", {}, "AccelerateConfiguration"),
        ("GetBucketLifecycleConfiguration", {"Rules": []}, "LifecycleConfiguration"),
        ("GetBucketLogging", {}, "BucketLoggingStatus"),
        ("GetBucketRequestPayment", {"Payer": "BucketOwner"}, "RequestPaymentConfiguration"),
        ("ListBucketAnalyticsConfigurations", {}, "ListBucketAnalyticsConfigurationResult"),
        (
            "ListBucketIntelligentTieringConfigurations",
            {},
            "ListBucketIntelligentTieringConfigurationsOutput",
        ),
        ("ListBucketInventoryConfigurations", {}, "ListInventoryConfigurationsResult"),
        ("ListBucketMetricsConfigurations", {}, "ListMetricsConfigurationsResult"),
    ],
)
def test_s3_documents_have_their_own_roots(name: str, result: dict[str, Any], root: str) -> None:
    body = _answer("s3", name, result).body

    assert ET.fromstring(body.decode()).tag == S3 + root


@pytest.mark.parametrize("region", ["eu-central-1", None])
def test_the_location_of_a_bucket_is_the_root_itself(region: str | None) -> None:
    root = ET.fromstring(_answer("s3", "GetBucketLocation", {"LocationConstraint": region}).body.decode())

    assert (root.tag, root.text) == (f"{S3}LocationConstraint", region)


@pytest.mark.parametrize("name", ["HeadBucket", "HeadObject", "DeleteObject", "PutObject"])
def test_an_answer_of_headers_alone_has_no_body(name: str) -> None:
    response = _answer("s3", name, {})

    assert response.body == b""
    assert "content-type" not in Headers(response.headers)


def test_s3_names_the_request_in_its_own_headers() -> None:
    headers = Headers(_answer("s3", "HeadBucket", {}).headers)

    assert headers.get("x-amz-request-id") == "request-1"
    assert headers.get("x-amz-id-2")


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\x01\t\r\n\x1f\ufffe\uffff")))
def test_any_text_survives_xml_as_far_as_xml_can_write_it(text: str) -> None:
    possible = "".join("\ufffd" if char in "\ufffe\uffff" or is_control(char) else char for char in text)

    assert xmltree.load(element("a", escape(text)).encode()).text == possible


def is_control(character: str) -> bool:
    return character < " " and character not in "\t\r\n"


@pytest.mark.parametrize("form", ["iso8601", "unixTimestamp"])
@given(moment=moments)
def test_any_time_survives_its_text(form: str, moment: datetime) -> None:
    assert scalars.read_timestamp(str(scalars.write_timestamp(moment, form)), form) == moment


def test_the_last_moment_of_the_year_9999_stays_in_it() -> None:
    seconds = scalars.write_timestamp(datetime.max.replace(tzinfo=UTC), "unixTimestamp")

    assert datetime.fromtimestamp(float(seconds), UTC).year == 9999


@given(moments)
def test_an_http_date_is_whole_seconds(moment: datetime) -> None:
    assert scalars.read_timestamp(str(scalars.write_timestamp(moment, "rfc822")), "rfc822") == moment.replace(
        microsecond=0
    )


def test_a_structure_may_hold_its_own_kind() -> None:
    shapes = {
        "Tree": {"type": "structure", "members": {"Name": {"shape": "Text"}, "Below": {"shape": "Trees"}}},
        "Trees": {"type": "list", "member": {"shape": "Tree"}},
        "Text": {"type": "string"},
    }
    tree = {"Name": "a", "Below": [{"Name": "b", "Below": [{"Name": "c"}, None]}]}

    assert jsonbody.write(specs.Shape(shapes, {"shape": "Tree"}), tree) == tree
