"""Textract and Rekognition with HumanLoopConfig: the calls of the public A2I programs, from a page or a picture to output.json."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import urllib3
from botocore.exceptions import ClientError

from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server
from tests.town import Town

from .client_errors import refused

for needed in ("numpy", "onnxruntime", "PIL", "pypdfium2", "rapidocr"):
    pytest.importorskip(needed, reason="the extra secondlook[models] is not installed")

from tests.moderation import CLASSIFIER, LABELS, picture  # noqa: E402
from tests.scans import Scanner, form, saved  # noqa: E402

ANALYZE = "AWS/Textract/AnalyzeDocument/Forms/V1"
MODERATION = "AWS/Rekognition/DetectModerationLabels/Image/V3"

ROOT = Path(__file__).parents[2]
PAIRS_TEMPLATE = (ROOT / "examples/templates/document-pairs/template.liquid.html").read_text()
LABELS_TEMPLATE = (ROOT / "examples/templates/image-moderation/template.liquid.html").read_text()
PUBLIC_TEMPLATE = (ROOT / "tests/browser/census/templates/textract.html").read_text()
"""In the form of the public templates: the page's address is of s3.amazonaws.com."""

PAGE = Scanner(skew=1, noise=8, blur=0.6).scan(form())

DOUBTFUL = {
    "Conditions": [
        {
            "ConditionType": "ImportantFormKeyConfidenceCheck",
            "ConditionParameters": {
                "ImportantFormKey": "Job title",
                "ImportantFormKeyAliases": ["Job title:", "Occupation of the applicant"],
                "KeyValueBlockConfidenceLessThan": 80,
            },
        },
        {
            "ConditionType": "MissingImportantFormKey",
            "ConditionParameters": {"ImportantFormKey": "Signature:"},
        },
    ]
}
MISSING = {"Conditions": DOUBTFUL["Conditions"][1:]}
SURE = {
    "Conditions": [
        {
            "ConditionType": "ImportantFormKeyConfidenceCheck",
            "ConditionParameters": {"ImportantFormKey": "*", "KeyValueBlockConfidenceLessThan": 10},
        }
    ]
}
BLOODY = {
    "Conditions": [
        {
            "And": [
                {
                    "ConditionType": "ModerationLabelConfidenceCheck",
                    "ConditionParameters": {
                        "ModerationLabelName": "Graphic Violence",
                        "ConfidenceLessThan": 95,
                    },
                },
                {
                    "ConditionType": "ModerationLabelConfidenceCheck",
                    "ConditionParameters": {
                        "ModerationLabelName": "Graphic Violence",
                        "ConfidenceGreaterThan": 60,
                    },
                },
            ]
        }
    ]
}


class Studio(Town):
    """A server that reads pages and moderates pictures, with the clients that programs have of it."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.deploy("reader", self.subscribe("ppocr-text"))
        self.deploy("moderator", self.subscribe("colours"))
        self.textract, self.rekognition = server.client("textract"), server.client("rekognition")
        self.s3 = server.client("s3")

    def analyse(
        self, review: Review, document: dict[str, Any], name: str = "", **more: Any
    ) -> dict[str, Any]:
        config = {"FlowDefinitionArn": review.arn, "HumanLoopName": name or _loop_name()}
        return self.textract.analyze_document(
            Document=document, FeatureTypes=["TABLES", "FORMS"], HumanLoopConfig=config, **more
        )

    def moderate(self, review: Review, image: dict[str, Any], name: str = "", **more: Any) -> dict[str, Any]:
        config = {"FlowDefinitionArn": review.arn, "HumanLoopName": name or _loop_name()}
        return self.rekognition.detect_moderation_labels(Image=image, HumanLoopConfig=config, **more)


def _loop_name() -> str:
    return str(uuid.uuid4())


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    data = tmp_path_factory.mktemp("studio") / "data"
    put_product(data, "colours", CLASSIFIER, "image/png")
    file = data.parent / "labels.json"
    file.write_text(json.dumps(LABELS))
    settings = {
        "textract_endpoint": "reader",
        "moderation_endpoint": "moderator",
        "moderation_labels": str(file),
    }
    with Server(data, settings) as server:
        yield Studio(server.start())


def in_review(studio: Studio, name: str, source: str = ANALYZE, **more: Any) -> Review:
    template = PAIRS_TEMPLATE if source == ANALYZE else LABELS_TEMPLATE
    return Review(studio.server, name, source=source, **{"template": template, **more})


def test_a_doubtful_pair_goes_to_a_person_and_comes_back_corrected(studio: Studio, name: str) -> None:
    """The order of calls of the public Textract programs; what they do between them is plain Python."""
    review = in_review(studio, name, conditions=DOUBTFUL, template=PUBLIC_TEMPLATE)
    studio.s3.put_object(Bucket=name, Key="scans/form 1.jpg", Body=PAGE)
    loop = _loop_name()

    place = {"S3Object": {"Bucket": name, "Name": "scans/form 1.jpg"}}
    answer = studio.analyse(review, place, loop)
    activation = answer["HumanLoopActivationOutput"]
    assert len(activation["HumanLoopActivationReasons"]) != 0
    assert activation["HumanLoopArn"].endswith(f":human-loop/{loop}")

    worker = review.worker()
    task = review.taken(worker, loop)
    blocks = json.loads(json.dumps(_input(review, loop)["selectedAiServiceResponse"]["blocks"]))
    for block in blocks:
        if block.get("text") == "Assistant":
            block["text"] = "Assistant surveyor"
    worker.submit(task, {ANALYZE: {"blocks": blocks}})

    description = review.completed(loop)
    parts = re.split(r"s3://[^/]+/", description["HumanLoopOutput"]["OutputS3Uri"])
    output = json.loads(studio.s3.get_object(Bucket=name, Key=parts[1])["Body"].read())
    answered = output["humanAnswers"][0]["answerContent"][ANALYZE]["blocks"]
    assert "Assistant surveyor" in [block.get("text") for block in answered]


def _input(review: Review, loop: str) -> dict[str, Any]:
    """What the page of a loop is rendered with."""
    described = review.server.client("secondlook").describe_loop(HumanLoopName=loop)
    return json.loads(described["InputContent"])


def test_the_page_is_given_request_response_and_what_is_in_doubt(studio: Studio, name: str) -> None:
    review = in_review(studio, name, conditions=DOUBTFUL)
    loop = _loop_name()
    studio.s3.put_object(Bucket=name, Key="a.jpg", Body=PAGE)
    place = {"S3Object": {"Bucket": name, "Name": "a.jpg"}}

    answer = studio.analyse(review, place, loop)
    given = _input(review, loop)

    assert list(given) == [
        "aiServiceRequest",
        "aiServiceResponse",
        "humanLoopContext",
        "humanTaskActivationConditionResults",
        "selectedAiServiceResponse",
    ]
    assert given["aiServiceRequest"] == {
        "document": {"s3Object": {"bucket": name, "name": "a.jpg"}},
        "featureTypes": ["TABLES", "FORMS"],
        "humanLoopConfig": {"flowDefinitionArn": review.arn, "humanLoopName": loop},
    }
    assert len(given["aiServiceResponse"]["blocks"]) == len(answer["Blocks"])
    assert given["aiServiceResponse"]["blocks"][0]["blockType"] == "PAGE"
    selected = [
        (block["entityTypes"], block["text"])
        for block in given["selectedAiServiceResponse"]["blocks"]
        if block["blockType"] == "KEY_VALUE_SET"
    ]
    assert selected == [(["KEY"], "Job title"), (["VALUE"], "Assistant")]
    assert given["humanLoopContext"]["importantFormKeys"] == [
        {
            "importantFormKey": "Job title",
            "importantFormKeyAliases": ["Job title:", "Occupation of the applicant"],
        },
        {"importantFormKey": "Signature:", "importantFormKeyAliases": []},
    ]
    activation = answer["HumanLoopActivationOutput"]
    results = json.loads(activation["HumanLoopActivationConditionsEvaluationResults"])
    assert results == given["humanTaskActivationConditionResults"]
    assert [condition["EvaluationResult"] for condition in results["Conditions"]] == [True, True]
    assert activation["HumanLoopActivationReasons"][0] == "ConditionsEvaluation"
    assert any("Job title" in reason for reason in activation["HumanLoopActivationReasons"][1:])


def test_a_missing_key_alone_goes_without_any_pairs(studio: Studio, name: str) -> None:
    review, loop = in_review(studio, name, conditions=MISSING), _loop_name()
    studio.analyse(review, {"Bytes": PAGE}, loop)

    given = _input(review, loop)
    assert given["selectedAiServiceResponse"]["blocks"] == []
    assert [key["importantFormKey"] for key in given["humanLoopContext"]["importantFormKeys"]] == [
        "Signature:"
    ]


def test_what_is_sure_starts_no_loop_and_says_so_as_a2i_does(studio: Studio, name: str) -> None:
    review = in_review(studio, name, conditions=SURE)
    activation = studio.analyse(review, {"Bytes": PAGE})["HumanLoopActivationOutput"]

    assert activation.keys() == {"HumanLoopActivationConditionsEvaluationResults"}
    (condition,) = json.loads(activation["HumanLoopActivationConditionsEvaluationResults"])["Conditions"]
    assert condition["EvaluationResult"] is False
    summaries = studio.server.client("sagemaker-a2i-runtime").list_human_loops(FlowDefinitionArn=review.arn)
    assert summaries["HumanLoopSummaries"] == []


def test_without_conditions_every_page_is_reviewed_with_all_its_pairs(studio: Studio, name: str) -> None:
    review, loop = in_review(studio, name), _loop_name()
    answer = studio.analyse(review, {"Bytes": PAGE}, loop)

    given = _input(review, loop)
    assert "HumanLoopArn" in answer["HumanLoopActivationOutput"]
    blocks = given["selectedAiServiceResponse"]["blocks"]
    assert len(blocks) == len(given["aiServiceResponse"]["blocks"])
    assert "Okafor Adaeze" in [block.get("text") for block in blocks if block["blockType"] == "KEY_VALUE_SET"]


def shown(review: Review, loop: str) -> bytes:
    """What the page of a loop links to as its picture, fetched as a browser would."""
    worker = review.worker()
    html = worker.task(review.taken(worker, loop)).html
    (link,) = re.findall(r'src="(http://[^"]+X-Amz-Signature[^"]+)"', html)
    response = urllib3.request("GET", unescape(link), retries=False)
    assert response.status == 200
    return response.data


@pytest.mark.parametrize("kind", ["document", "image"])
def test_bytes_are_kept_beside_the_answers_and_shown_from_there(studio: Studio, name: str, kind: str) -> None:
    body = PAGE if kind == "document" else picture(0.8, 0, 0)
    review = in_review(studio, name, ANALYZE if kind == "document" else MODERATION)
    loop = _loop_name()
    send = studio.analyse if kind == "document" else studio.moderate
    send(review, {"Bytes": body}, loop)

    place = _input(review, loop)["aiServiceRequest"][kind]["s3Object"]
    assert (place["bucket"], place["name"].rpartition("/")[0]) == (name, f"out/{name}/inputs")
    assert body == studio.s3.get_object(Bucket=place["bucket"], Key=place["name"])["Body"].read()
    assert body == shown(review, loop)


def test_the_output_of_a_built_in_task_type_says_which_and_leaves_the_context_out(
    studio: Studio, name: str
) -> None:
    review, loop = in_review(studio, name, MODERATION, conditions=BLOODY), _loop_name()
    answer = studio.moderate(
        review,
        {"Bytes": picture(0.8, 0.9, 0)},
        loop,
        MinConfidence=20,
    )
    worker = review.worker()
    labels = [{"name": "Weapons", "parentName": "Violence"}]
    worker.submit(review.taken(worker, loop), {MODERATION: {"moderationLabels": labels}})
    review.completed(loop)

    output = review.output(loop)
    assert list(output) == [
        "awsManagedHumanLoopRequestSource",
        "flowDefinitionArn",
        "humanAnswers",
        "humanLoopName",
        "inputContent",
    ]
    assert output["awsManagedHumanLoopRequestSource"] == MODERATION
    assert list(output["inputContent"]) == [
        "aiServiceRequest",
        "aiServiceResponse",
        "humanTaskActivationConditionResults",
        "selectedAiServiceResponse",
    ]
    assert output["inputContent"]["aiServiceRequest"]["minConfidence"] == 20
    assert output["inputContent"]["aiServiceResponse"]["moderationModelVersion"] == "1.2"
    selected = output["inputContent"]["selectedAiServiceResponse"]["moderationLabels"]
    assert [label["name"] for label in selected] == ["Graphic Violence"]
    assert output["humanAnswers"][0]["answerContent"] == {MODERATION: {"moderationLabels": labels}}
    (group,) = output["inputContent"]["humanTaskActivationConditionResults"]["Conditions"]
    assert group["EvaluationResult"] is True
    assert [simple["EvaluationResult"] for simple in group["And"]] == [True, True]
    assert len(answer["ModerationLabels"]) == 3


def test_asking_again_is_the_same_loop_and_another_page_under_its_name_is_refused(
    studio: Studio, name: str
) -> None:
    review, loop = in_review(studio, name), _loop_name()
    first, again = (studio.analyse(review, {"Bytes": PAGE}, loop) for _ in range(2))

    assert first["HumanLoopActivationOutput"] == again["HumanLoopActivationOutput"]
    other = saved(form({"Full name:": "Somebody else"}), "PNG")
    with pytest.raises(
        ClientError, match=rf"HumanLoopConfig: A human loop named '{loop}' is InProgress already"
    ) as error:
        studio.analyse(review, {"Bytes": other}, loop)
    assert error.value.response["Error"]["Code"] == "InvalidParameterException"


def test_a_key_that_is_bound_to_no_bucket_sends_pages_that_reviewers_see(studio: Studio, name: str) -> None:
    review, loop = in_review(studio, name), _loop_name()
    key = studio.secondlook.create_key(Name=name, Scope="runtime", Buckets=[])
    bound = studio.server.client("textract", (key["AccessKeyId"], key["SecretAccessKey"]))

    bound.analyze_document(
        Document={"Bytes": PAGE},
        FeatureTypes=["FORMS"],
        HumanLoopConfig={"FlowDefinitionArn": review.arn, "HumanLoopName": loop},
    )

    assert shown(review, loop) == PAGE


def test_predictions_are_recorded_with_the_lines_that_were_read(studio: Studio, name: str) -> None:
    review = in_review(studio, name, conditions=SURE)
    studio.analyse(review, {"Bytes": PAGE})

    (prediction,) = studio.secondlook.list_predictions(FlowDefinitionName=name)["Predictions"]
    assert (prediction["Decision"], prediction["EndpointName"]) == ("Accept", "reader")
    assert "Application for a library card" in [found["Label"] for found in prediction["Objects"]]


def test_a_flow_definition_in_which_no_loop_could_start_is_an_invalid_parameter(
    studio: Studio, name: str
) -> None:
    ours = Review(studio.server, name)
    moderation = in_review(studio, f"{name}-m", MODERATION)
    pages = in_review(studio, f"{name}-p")
    gone = in_review(studio, f"{name}-g")
    studio.sagemaker.delete_flow_definition(FlowDefinitionName=gone.name)

    def refuse(review: Review, message: str, **more: Any) -> None:
        config = {"FlowDefinitionArn": review.arn, "HumanLoopName": "a", **more}
        refused(
            "InvalidParameterException",
            message,
            studio.textract.analyze_document,
            Document={"Bytes": PAGE},
            FeatureTypes=["FORMS"],
            HumanLoopConfig=config,
        )

    refuse(
        ours,
        f"has no HumanLoopRequestSource; AnalyzeDocument starts human loops in those with "
        f"AwsManagedHumanLoopRequestSource {ANALYZE} only",
    )
    refuse(moderation, f"has the task type {MODERATION}")
    refuse(gone, "HumanLoopConfig: The flow definition")
    refuse(pages, "'a--' at 'humanLoopConfig.humanLoopName' failed to satisfy", HumanLoopName="a--")
    refused(
        "InvalidParameterException",
        "HumanLoopConfig needs FORMS among FeatureTypes",
        studio.textract.analyze_document,
        Document={"Bytes": PAGE},
        FeatureTypes=["TABLES"],
        HumanLoopConfig={"FlowDefinitionArn": pages.arn, "HumanLoopName": "a"},
    )
    refused(
        "InvalidParameterException",
        "browsers show no TIFF to reviewers",
        studio.textract.analyze_document,
        Document={"Bytes": saved(form(), "TIFF", compression="tiff_lzw")},
        FeatureTypes=["FORMS"],
        HumanLoopConfig={"FlowDefinitionArn": pages.arn, "HumanLoopName": "a"},
    )
    refused(
        "InvalidParameterException",
        f"has the task type {ANALYZE}",
        studio.rekognition.detect_moderation_labels,
        Image={"Bytes": picture(1, 0, 0)},
        HumanLoopConfig={"FlowDefinitionArn": pages.arn, "HumanLoopName": "a"},
    )
