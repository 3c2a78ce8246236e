"""Transform jobs whose predictions are judged: people look at what is in doubt, once, whatever happens in between. Plain boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.journeys.reviewing import Review
from tests.products import put_product
from tests.running import Server, eventually
from tests.town import Town

from .client_errors import refused
from .test_predict_and_review import CONDITIONS, DETECTOR
from .transforming import Jobs

SCORES = {f"in/{number}": score for number, score in enumerate((0.99, 0.42, 0.95, 0.5))}
TYPE = {"ContentType": "application/json"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("judged") / "data"
    put_product(data, "detector", DETECTOR, "application/json")
    with Server(data) as server:
        yield server.start()


@pytest.fixture
def review(server: Server, name: str) -> Review:
    return Review(server, f"{name}-flow", conditions=CONDITIONS)


@pytest.fixture
def jobs(server: Server, name: str) -> Jobs:
    return Jobs(Town(server), name).set_up("detector")


def tags(review: Review) -> list[dict[str, str]]:
    return [{"Key": "secondlook:flow-definition-arn", "Value": review.arn}]


def test_objects_in_doubt_get_a_loop_that_shows_them_where_they_lie(jobs: Jobs, review: Review) -> None:
    jobs.put({key: json.dumps({"score": score}) for key, score in SCORES.items()})

    first = jobs.run(jobs.name, given=TYPE, Tags=tags(review))
    again = jobs.run(f"{jobs.name}-again", given=TYPE, Tags=tags(review))

    assert ["Completed", "Completed"] == [each["TransformJobStatus"] for each in (first, again)]
    assert 4 == len(jobs.results())
    own = jobs.town.secondlook
    recorded = own.list_predictions(FlowDefinitionName=review.name)["Predictions"]
    uris = {f"s3://{jobs.name}/{key}": score for key, score in SCORES.items()}
    of_first = [each for each in recorded if each["EndpointName"] == f"transform-job/{jobs.name}"]
    assert {uri: "Review" if score < 0.9 else "Accept" for uri, score in uris.items()} == {
        each["InputUri"]: each["Decision"] for each in of_first
    }
    assert 8 == len(recorded)
    loops = own.list_loops(FlowDefinitionName=review.name)["Loops"]
    assert {each["HumanLoopName"] for each in of_first if each["Decision"] == "Review"} == {
        loop["HumanLoopName"] for loop in loops
    }
    assert 2 == len(loops)
    eventually(lambda: "InProgress" == review.describe(loops[0]["HumanLoopName"])["HumanLoopStatus"])


def test_records_of_an_object_are_judged_one_by_one(jobs: Jobs, review: Review) -> None:
    jobs.put({"in/lines": "\n".join(json.dumps({"score": score}) for score in SCORES.values())})
    given = {"ContentType": "application/json", "SplitType": "Line"}

    refused(
        "ValidationException",
        "give it the BatchStrategy SingleRecord",
        jobs.sagemaker.create_transform_job,
        **jobs.params(jobs.name, given=given, Tags=tags(review)),
    )
    said = jobs.run(jobs.name, given=given, Tags=tags(review), BatchStrategy="SingleRecord")

    assert "Completed" == said["TransformJobStatus"]
    recorded = jobs.town.secondlook.list_predictions(FlowDefinitionName=review.name)["Predictions"]
    assert ["Accept", "Accept", "Review", "Review"] == sorted(each["Decision"] for each in recorded)
    in_doubt = [each["InputUri"] for each in recorded if each["Decision"] == "Review"]
    assert all(uri.startswith(f"s3://{review.name}/out/{review.name}/inputs/") for uri in in_doubt)


def test_a_flow_definition_in_which_no_loop_can_start_is_refused(jobs: Jobs) -> None:
    arn = "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/none"
    params = jobs.params(
        jobs.name, given=TYPE, Tags=[{"Key": "secondlook:flow-definition-arn", "Value": arn}]
    )

    with pytest.raises(jobs.sagemaker.exceptions.ClientError, match="none"):
        jobs.sagemaker.create_transform_job(**params)
