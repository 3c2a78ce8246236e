"""One call: InvokeEndpoint predicts, and people look again where the conditions of a flow definition hold. Plain boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.databases import BOTH, Postgres
from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

DETECTOR = """
    import json
    def transform_fn(model, body, content_type, accept):
        if body in (b"not json", "not json"):
            return "no JSON", "text/plain"
        asked = json.loads(body)
        score, note = asked["score"], asked.get("characters", 0) * "x"
        box = {"left": 10, "top": 20, "right": 110, "bottom": 220}
        return json.dumps([{"id": "bicycle", "score": score, "note": note, **box}]), "application/json"
"""

CONDITIONS = {
    "Conditions": [
        {
            "ConditionType": "ConfidenceCheck",
            "ConditionParameters": {"ConfidenceLessThan": 0.9, "LabelName": "bicycle"},
        }
    ]
}


class Detector(Town):
    """An endpoint whose score is what it is told, and a review that looks at what is under 0.90."""

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.deploy("detector", self.subscribe("detector"))
        self.review = Review(server, "doubt", conditions=CONDITIONS)

    def detect(
        self, score: float, name: str | None = None, more: dict[str, Any] | None = None, **params: Any
    ) -> dict[str, Any]:
        """What one call answers, with the output of the activation under `Review`."""
        config = {"FlowDefinitionArn": self.review.arn, "HumanLoopName": name, **(more or {})}
        config = {member: value for member, value in config.items() if value is not None}
        return self.send(
            json.dumps({"score": score}).encode(),
            CustomAttributes=json.dumps({"HumanLoopConfig": config}),
            **params,
        )

    def send(self, body: bytes, **params: Any) -> dict[str, Any]:
        answer = self.runtime.invoke_endpoint(
            **{"EndpointName": "detector", "ContentType": "application/json", "Body": body, **params}
        )
        answer["Prediction"] = answer["Body"].read()
        attributes = json.loads(answer.get("CustomAttributes", "{}"))
        answer["Review"] = attributes.get("HumanLoopActivationOutput")
        return answer

    def recorded(self, **params: Any) -> list[dict[str, Any]]:
        params = {"FlowDefinitionName": "doubt", **params}
        return self.secondlook.list_predictions(**params)["Predictions"]


@pytest.fixture(scope="module", params=BOTH)
def detector(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Detector]:
    data = tmp_path_factory.mktemp("doubt") / "data"
    put_product(data, "detector", DETECTOR, "application/json")
    settings = {}
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        settings["database"] = postgres.url(postgres.create())
    with Server(data, settings) as server:
        yield Detector(server.start())


def test_what_is_sure_goes_through_untouched_and_is_recorded(detector: Detector) -> None:
    answer = detector.detect(0.97)

    assert json.loads(answer["Prediction"])[0]["score"] == 0.97
    assert (answer["Review"]["Decision"], "HumanLoopArn" in answer["Review"]) == ("Accept", False)
    assert "HumanLoopActivationReasons" not in answer["Review"]
    results = json.loads(answer["Review"]["HumanLoopActivationConditionsEvaluationResults"])
    assert results["Conditions"][0]["EvaluationResult"] is False
    [prediction] = [each for each in detector.recorded() if each["Objects"][0]["Score"] == 0.97]
    assert prediction["Decision"] == "Accept"
    assert prediction["Objects"] == [
        {"Label": "bicycle", "Score": 0.97, "Box": {"Left": 10, "Top": 20, "Width": 100, "Height": 200}}
    ]
    assert (prediction["EndpointName"], prediction["VariantName"]) == ("detector", "AllTraffic")
    assert (prediction["Probability"], "HumanLoopName" in prediction) == (0, False)


def test_what_is_in_doubt_starts_a_loop_whose_page_a_worker_can_answer(detector: Detector) -> None:
    answer = detector.detect(0.75)

    assert answer["Review"]["Decision"] == "Review"
    assert answer["Review"]["HumanLoopActivationReasons"] == ["bicycle 0.75 is under 0.90"]
    name = answer["Review"]["HumanLoopArn"].rpartition("/")[2]
    worker = detector.review.worker()
    task = detector.review.taken(worker, name)
    worker.submit(task, {"annotatedResult": {"boundingBoxes": []}})
    detector.review.completed(name)
    output = detector.review.output(name)
    given = output["inputContent"]
    box = {"label": "bicycle", "left": 10, "top": 20, "width": 100, "height": 200, "score": 0.75}
    assert given["initialValue"] == [box]
    assert given["labels"] == ["bicycle"]
    bucket, _, key = given["taskObject"].removeprefix("s3://").partition("/")
    kept = detector.server.client("s3").get_object(Bucket=bucket, Key=key)
    assert json.loads(kept["Body"].read()) == {"score": 0.75}
    assert kept["ContentType"] == "application/json"


def test_asked_again_it_is_the_same_loop_also_when_that_is_over(detector: Detector) -> None:
    first = detector.detect(0.6)["Review"]["HumanLoopArn"]
    assert detector.detect(0.6)["Review"]["HumanLoopArn"] == first
    name = first.rpartition("/")[2]
    detector.server.client("sagemaker-a2i-runtime").stop_human_loop(HumanLoopName=name)
    eventually(lambda: detector.review.describe(name)["HumanLoopStatus"] == "Stopped")

    assert detector.detect(0.6)["Review"]["HumanLoopArn"] == first
    assert len([each for each in detector.recorded() if each.get("HumanLoopName") == name]) == 1


def test_each_loop_that_a_caller_names_has_its_prediction(detector: Detector) -> None:
    for name in ("look-one", "look-two", "look-one"):
        detector.detect(0.77, name)
    for name in ("sure-one", "sure-two"):
        detector.detect(0.977, name)

    recorded = detector.recorded(MaxResults=100)
    doubtful = [each["HumanLoopName"] for each in recorded if each["Objects"][0]["Score"] == 0.77]
    assert sorted(doubtful) == ["look-one", "look-two"]
    assert len([each for each in recorded if each["Objects"][0]["Score"] == 0.977]) == 1


def test_a_name_that_is_taken_by_another_input_is_a_conflict(detector: Detector) -> None:
    detector.detect(0.5, "by-name")

    with pytest.raises(ClientError, match="by-name") as refused:
        detector.detect(0.51, "by-name")

    assert refused.value.response["Error"]["Code"] == "ConflictException"
    assert not [each for each in detector.recorded() if each["Objects"][0]["Score"] == 0.51]


def test_what_the_caller_calls_predictions_stands_in_their_records_and_need_not_be_unique(
    detector: Detector,
) -> None:
    for score in (0.98, 0.981, 0.981):
        detector.detect(score, InferenceId="mine")

    named = [each for each in detector.recorded() if each.get("InferenceId") == "mine"]
    assert sorted(each["Objects"][0]["Score"] for each in named) == [0.98, 0.981]


def test_an_answer_that_is_too_long_for_an_input_is_looked_at_without_it(detector: Detector) -> None:
    config = {"HumanLoopConfig": {"FlowDefinitionArn": detector.review.arn}}
    answer = detector.send(b'{"score": 0.123, "characters": 4000000}', CustomAttributes=json.dumps(config))

    name = answer["Review"]["HumanLoopArn"].rpartition("/")[2]
    worker = detector.review.worker()
    worker.submit(detector.review.taken(worker, name), {"annotatedResult": {"boundingBoxes": []}})
    detector.review.completed(name)
    given = detector.review.output(name)["inputContent"]
    assert given["prediction"] is None
    assert given["labels"] == ["bicycle"]
    assert given["reasons"] == ["bicycle 0.12 is under 0.90"]


def test_an_answer_that_is_no_json_is_looked_at(detector: Detector) -> None:
    config = {"HumanLoopConfig": {"FlowDefinitionArn": detector.review.arn}}
    answer = detector.send(b"not json", CustomAttributes=json.dumps(config))

    assert answer["Prediction"] == b"no JSON"
    assert "JSON" in answer["Review"]["HumanLoopActivationReasons"][0]
    assert answer["Review"]["HumanLoopArn"]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({}, "FlowDefinitionArn"),
        ([], "HumanLoopConfig is a JSON object"),
        ({"FlowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/none"}, "exist"),
        ({"FlowDefinitionArm": "x"}, "did you mean FlowDefinitionArn"),
        ({"FlowDefinitionArn": "x", "HumanLoopName": "No!"}, "lower-case"),
        ({"FlowDefinitionArn": "x", "InputUri": "http://a/b"}, "s3://BUCKET/KEY"),
        ({"FlowDefinitionArn": "x", "Group": ""}, "256"),
        ({"FlowDefinitionArn": "x", "DataAttributes": {"ContentClassifiers": ["?"]}}, "ContentClassifiers"),
    ],
)
def test_a_config_that_is_wrong_is_refused_before_the_model_is_asked(
    detector: Detector, config: Any, message: str
) -> None:
    with pytest.raises(ClientError, match=message) as refused:
        detector.send(b"not json", CustomAttributes=json.dumps({"HumanLoopConfig": config}))

    assert refused.value.response["Error"]["Code"] == "ValidationError"


def test_attributes_that_are_the_model_s_own_business_are_left_alone(detector: Detector) -> None:
    for attributes in ("trace=1", '{"a": 1}', "HumanLoopConfig", '["HumanLoopConfig"]'):
        assert detector.send(b'{"score": 0.1}', CustomAttributes=attributes)["Review"] is None
    with pytest.raises(ClientError, match="no JSON"):
        detector.send(b'{"score": 0.1}', CustomAttributes='{"HumanLoopConfig": ')


def test_an_endpoint_that_carries_the_flow_needs_nothing_of_its_callers(
    detector: Detector, name: str
) -> None:
    tag = {"Key": "secondlook:flow-definition-arn", "Value": detector.review.arn}
    variant = {"VariantName": "v", "ModelName": "detector", "InstanceType": "ml.m4.xlarge"}
    detector.sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{**variant, "InitialInstanceCount": 1}],
        Tags=[tag],
    )
    endpoint = detector.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)["EndpointArn"]
    detector.wait(name)

    doubtful = detector.send(b'{"score": 0.33}', EndpointName=name)
    assert doubtful["Review"]["HumanLoopActivationReasons"] == ["bicycle 0.33 is under 0.90"]

    detector.sagemaker.delete_tags(ResourceArn=endpoint, TagKeys=[tag["Key"]])
    assert detector.send(b'{"score": 0.34}', EndpointName=name)["Review"] is None
    detector.sagemaker.add_tags(ResourceArn=endpoint, Tags=[tag])
    assert detector.send(b'{"score": 0.35}', EndpointName=name)["Review"] is not None
    with pytest.raises(ClientError, match="does not exist"):
        detector.sagemaker.add_tags(ResourceArn=endpoint, Tags=[{**tag, "Value": tag["Value"] + "-none"}])
    detector.sagemaker.delete_endpoint(EndpointName=name)


def test_a_runtime_key_reviews_and_its_page_may_read_the_one_input_that_was_kept(
    detector: Detector, name: str
) -> None:
    detector.server.client("s3").create_bucket(Bucket=name)
    key = detector.secondlook.create_key(Name=name, Scope="runtime", Buckets=[name])
    runtime = detector.server.client("sagemaker-runtime", keys=(key["AccessKeyId"], key["SecretAccessKey"]))
    config = {"HumanLoopConfig": {"FlowDefinitionArn": detector.review.arn}}
    answer = runtime.invoke_endpoint(
        EndpointName="detector", Body=b'{"score": 0.21}', CustomAttributes=json.dumps(config)
    )
    loop = json.loads(answer["CustomAttributes"])["HumanLoopActivationOutput"]["HumanLoopArn"]
    worker = detector.review.worker()
    task = detector.review.taken(worker, loop.rpartition("/")[2])
    assert task

    config["HumanLoopConfig"]["InputUri"] = "s3://doubt/secret.jpg"
    with pytest.raises(ClientError, match="may not be used with this access key"):
        runtime.invoke_endpoint(
            EndpointName="detector", Body=b'{"score": 0.22}', CustomAttributes=json.dumps(config)
        )


def test_an_object_is_reviewed_where_it_lies_once_for_each_version(detector: Detector, name: str) -> None:
    s3 = detector.server.client("s3")
    s3.create_bucket(Bucket=name)

    def reviewed(key: str) -> dict[str, Any]:
        return detector.secondlook.review_object(
            FlowDefinitionArn=detector.review.arn, EndpointName="detector", InputUri=f"s3://{name}/{key}"
        )

    for key, score in (("a.json", 0.4), ("b.json", 0.4), ("c.json", 0.95)):
        s3.put_object(Bucket=name, Key=key, Body=json.dumps({"score": score}).encode())
    first, twin, sure = (reviewed(key) for key in ("a.json", "b.json", "c.json"))

    assert (first["Decision"], sure["Decision"], "HumanLoopArn" in sure) == ("Review", "Accept", False)
    assert first["HumanLoopArn"] != twin["HumanLoopArn"]
    assert reviewed("a.json")["HumanLoopArn"] == first["HumanLoopArn"]
    s3.put_object(Bucket=name, Key="a.json", Body=b'{"score": 0.41}')
    assert reviewed("a.json")["HumanLoopArn"] != first["HumanLoopArn"]
    with pytest.raises(ClientError, match="NoSuchKey"):
        reviewed("none.json")


def test_conditions_are_tried_without_a_trace(detector: Detector) -> None:
    before = len(detector.recorded(MaxResults=100))
    tried = detector.secondlook.evaluate_conditions(
        HumanLoopActivationConditions=json.dumps(CONDITIONS),
        Prediction=json.dumps([{"label": "bicycle", "score": 0.2}]),
    )

    assert tried["EvaluationResult"] is True
    assert tried["HumanLoopActivationReasons"] == ["bicycle 0.20 is under 0.90"]
    assert len(detector.recorded(MaxResults=100)) == before


def test_conditions_are_tried_for_a_task_type_that_there_is(detector: Detector) -> None:
    with pytest.raises(ClientError, match="AWS/Textract/AnalyzeDocument/Forms/V1"):
        detector.secondlook.evaluate_conditions(
            HumanLoopActivationConditions="{}", Prediction="1", AwsManagedHumanLoopRequestSource="Textract"
        )


def test_predictions_of_no_flow_definition_are_not_found(detector: Detector) -> None:
    with pytest.raises(ClientError, match="never"):
        detector.recorded(FlowDefinitionName="never")


def test_an_output_bucket_that_is_gone_is_told(detector: Detector, name: str, tmp_path: Path) -> None:
    review = Review(detector.server, name, conditions=CONDITIONS)
    detector.server.client("s3").delete_bucket(Bucket=name)
    config = {"HumanLoopConfig": {"FlowDefinitionArn": review.arn}}
    with pytest.raises(ClientError, match="create it again"):
        detector.send(b'{"score": 0.3}', CustomAttributes=json.dumps(config))
