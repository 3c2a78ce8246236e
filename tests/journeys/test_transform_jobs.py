"""Batch transform over plain boto3: from a prefix to results beside it [hosting.md; API reference, CreateTransformJob]."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CommandLine
from tests.products import put_product, put_remote_product
from tests.running import Server, eventually
from tests.town import Town

from .client_errors import refused
from .transforming import PRODUCT, SCRIPT, Jobs

TEXT = "text/plain"


class Elsewhere(ThreadingHTTPServer):
    """A model server of somebody else's: answers with the length of what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.lengths: list[int] = []


class Answering(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        said = {"MaxConcurrentTransforms": 2, "BatchStrategy": "SINGLE_RECORD", "MaxPayloadInMB": 3}
        self._answer(json.dumps(said).encode() if self.path == "/execution-parameters" else b"")

    def do_POST(self) -> None:
        length = len(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.lengths.append(length)
        self._answer(str(length).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[Town]:
    data = tmp_path_factory.mktemp("transform") / "data"
    put_product(data, PRODUCT, SCRIPT, TEXT)
    put_remote_product(data, "elsewhere", f"http://127.0.0.1:{elsewhere.server_port}", TEXT)
    with Server(data, {"allow_outbound": "127.0.0.0/8"}) as server:
        yield Town(server.start())


@pytest.fixture
def jobs(town: Town, name: str) -> Jobs:
    return Jobs(town, name).set_up()


def test_each_object_of_a_prefix_gets_a_result_below_the_output_path(jobs: Jobs) -> None:
    jobs.put({"in/": b"", "in/a.txt": "one", "in/b/c.txt": "two", "in/b/empty": "", "inside": "not this"})
    arn = jobs.start(jobs.name, "in/")

    jobs.sagemaker.get_waiter("transform_job_completed_or_stopped").wait(
        TransformJobName=jobs.name, WaiterConfig={"Delay": 1, "MaxAttempts": 120}
    )
    said = jobs.sagemaker.describe_transform_job(TransformJobName=jobs.name)
    assert "Completed" == said["TransformJobStatus"]
    assert f"arn:aws:sagemaker:us-east-1:123456789012:transform-job/{jobs.name}" == arn
    assert arn == said["TransformJobArn"]
    assert said["CreationTime"] <= said["TransformStartTime"] <= said["TransformEndTime"]
    assert {"a.txt.out": b"ONE", "b/c.txt.out": b"TWO", "b/empty.out": b""} == jobs.results()


def test_lines_are_asked_one_by_one_and_keep_their_order(jobs: Jobs) -> None:
    lines = [f"line {number}" for number in range(500)]
    jobs.put({"in/lines": "\r\n".join(lines) + "\r\n\r\n"})

    jobs.run(
        jobs.name,
        given={"SplitType": "Line"},
        output={"AssembleWith": "Line", "Accept": "text/x-capitals"},
        BatchStrategy="SingleRecord",
        MaxConcurrentTransforms=3,
        instances=2,
    )

    assert {"lines.out": "".join(f"{line.upper()}\n" for line in lines).encode()} == jobs.results()
    head = jobs.s3.head_object(Bucket=jobs.name, Key="out/lines.out")
    assert "text/x-capitals" == head["ContentType"]


def test_several_records_share_a_request_up_to_the_payload(jobs: Jobs) -> None:
    line = "size " + "x" * 400_000
    jobs.put({"in/lines": gzip.compress("\n".join([line] * 5).encode())})

    jobs.run(
        jobs.name,
        given={"SplitType": "Line", "CompressionType": "Gzip"},
        output={"AssembleWith": "Line"},
        BatchStrategy="MultiRecord",
        MaxPayloadInMB=1,
    )

    two = 2 * len(line) + 1
    assert {"lines.out": f"{two}\n{two}\n{len(line)}\n".encode()} == jobs.results()


def test_a_payload_may_be_larger_than_in_real_time(jobs: Jobs) -> None:
    jobs.put({"in/large": "size " + "x" * 9_000_000})

    jobs.run(jobs.name, MaxPayloadInMB=10)

    assert {"large.out": b"9000005"} == jobs.results()


def test_a_manifest_names_its_objects(jobs: Jobs) -> None:
    manifest = [{"prefix": f"s3://{jobs.name}/deep/"}, "b", "a/c"]
    jobs.put({"deep/b": "one", "deep/a/c": "two", "deep/d": "three", "manifest": json.dumps(manifest)})

    said = jobs.run(jobs.name, "manifest", kind="ManifestFile")

    assert "Completed" == said["TransformJobStatus"]
    assert {"b.out": b"ONE", "a/c.out": b"TWO"} == jobs.results()


def test_results_among_the_input_are_not_input(jobs: Jobs) -> None:
    jobs.put({"a": "one", "a.out": "kept"})

    first = jobs.run(jobs.name, "", output={"S3OutputPath": f"s3://{jobs.name}"})

    assert "Completed" == first["TransformJobStatus"]
    assert {"a": b"one", "a.out": b"ONE", "a.out.out": b"KEPT"} == jobs.results("")


def test_the_container_is_told_how_it_is_asked(jobs: Jobs) -> None:
    jobs.put({"in/a": "environment"})

    jobs.run(
        jobs.name,
        MaxPayloadInMB=7,
        BatchStrategy="SingleRecord",
        MaxConcurrentTransforms=2,
        Environment={"SAGEMAKER_MINE": "yes"},
        ModelClientConfig={"InvocationsTimeoutInSeconds": 90},
    )

    assert {
        "SAGEMAKER_BATCH=true",
        "SAGEMAKER_BATCH_STRATEGY=SINGLE_RECORD",
        "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS=2",
        "SAGEMAKER_MAX_PAYLOAD_IN_MB=7",
        "SAGEMAKER_MINE=yes",
        "SAGEMAKER_MODEL_SERVER_TIMEOUT=90",
        "SAGEMAKER_MODEL_SERVER_WORKERS=2",
    } <= set(jobs.results()["a.out"].decode().split("\n"))


def test_an_object_that_the_model_refuses_fails_the_job_and_not_the_others(jobs: Jobs) -> None:
    jobs.put({"in/a": "fine\nrefuse this", "in/b": "fine"})

    said = jobs.run(jobs.name, given={"SplitType": "Line"}, BatchStrategy="SingleRecord")

    assert "Failed" == said["TransformJobStatus"]
    assert said["FailureReason"].startswith(
        "ClientError: See job logs for more information. 1 of 2 input objects"
    )
    assert f"s3://{jobs.name}/in/a: Received client error (422)" in said["FailureReason"]
    assert {"b.out": b"FINE"} == jobs.results()
    log = jobs.town.server.data / "logs" / "transform-jobs" / jobs.name / "job.log"
    assert f"ClientError: s3://{jobs.name}/in/a" in log.read_text()


def test_a_model_that_breaks_off_is_asked_again_and_then_the_object_fails(jobs: Jobs) -> None:
    jobs.put({"in/a": "die", "in/b": "fine"})

    said = jobs.run(jobs.name, ModelClientConfig={"InvocationsMaxRetries": 1})

    assert "Failed" == said["TransformJobStatus"]
    assert said["FailureReason"].startswith("AlgorithmError: See job logs")
    assert {"b.out": b"FINE"} == jobs.results()
    eventually(lambda: jobs.asked(jobs.name)["die"] == 2)


def test_an_object_over_the_payload_fails_unless_it_is_split(jobs: Jobs) -> None:
    jobs.put({"in/a": "x\n" * 600_000})

    said = jobs.run(jobs.name, MaxPayloadInMB=1)
    split = jobs.run(f"{jobs.name}-split", given={"SplitType": "Line"}, MaxPayloadInMB=1)

    assert "Failed" == said["TransformJobStatus"]
    assert "1,048,576 bytes of MaxPayloadInMB" in said["FailureReason"]
    assert "Completed" == split["TransformJobStatus"]
    assert 600_000 == jobs.results()["a.out"].count(b"X")


def test_records_are_filtered_and_joined(jobs: Jobs) -> None:
    jobs.put(
        {"in/rows.csv": "7,a,b\n8,c,d\n", "lines/rows.jsonl": '{"id": 1, "x": "a"}\n{"id": 2, "x": "b"}\n'}
    )

    csv = jobs.run(
        jobs.name,
        given={"SplitType": "Line", "ContentType": "text/csv"},
        output={"AssembleWith": "Line", "Accept": "text/csv"},
        DataProcessing={"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0,-1]"},
    )
    lines = jobs.run(
        f"{jobs.name}-json",
        "lines/",
        given={"SplitType": "Line", "ContentType": "application/jsonlines"},
        output={"AssembleWith": "Line", "Accept": "application/jsonlines"},
        DataProcessing={
            "InputFilter": "$.x",
            "JoinSource": "Input",
            "OutputFilter": "$['id','SageMakerOutput']",
        },
    )

    assert ["Completed", "Completed"] == [each["TransformJobStatus"] for each in (csv, lines)]
    assert {
        "rows.csv.out": b"7,B\n8,D\n",
        "rows.jsonl.out": b'{"id":1,"SageMakerOutput":"A"}\n{"id":2,"SageMakerOutput":"B"}\n',
    } == jobs.results()


def test_a_model_elsewhere_says_how_it_is_asked(jobs: Jobs, elsewhere: Elsewhere) -> None:
    jobs.put({"in/lines": "a\nb\nc"})
    package = jobs.town.subscribe("elsewhere")
    jobs.sagemaker.create_model(
        ModelName=f"{jobs.name}-there", PrimaryContainer={"ModelPackageName": package}
    )
    elsewhere.lengths.clear()

    said = jobs.run(jobs.name, ModelName=f"{jobs.name}-there", given={"SplitType": "Line"})

    assert "Completed" == said["TransformJobStatus"]
    assert [1, 1, 1] == elsewhere.lengths
    assert {"lines.out": b"111"} == jobs.results()
    log = jobs.town.server.data / "logs" / "transform-jobs" / jobs.name / "job.log"
    assert "MaxConcurrentTransforms=2, MaxPayloadInMB=3, BatchStrategy=SINGLE_RECORD" in log.read_text()


def test_what_is_not_there_fails_the_job(jobs: Jobs) -> None:
    nothing = jobs.run(jobs.name, "none/")
    manifest = jobs.run(f"{jobs.name}-m", "none", kind="ManifestFile")
    jobs.put({"in/a": "x"})
    nowhere = jobs.run(f"{jobs.name}-o", output={"S3OutputPath": f"s3://{jobs.name}-none/x"})

    assert ["Failed"] * 3 == [each["TransformJobStatus"] for each in (nothing, manifest, nowhere)]
    assert f'No S3 objects found under S3 URL "s3://{jobs.name}/none/"' in nothing["FailureReason"]
    assert f"The manifest s3://{jobs.name}/none does not exist." in manifest["FailureReason"]
    assert "The specified bucket does not exist" in nowhere["FailureReason"]


def test_what_only_its_owner_can_read_fails_the_job(jobs: Jobs) -> None:
    by_key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": b"k" * 32}
    jobs.put({"in/a.txt": "a"})
    jobs.s3.put_object(
        Bucket=jobs.name,
        Key="list.json",
        Body=b'[{"prefix": "s3://%s/in/"}, "a.txt"]' % jobs.name.encode(),
        **by_key,
    )
    jobs.s3.put_object(Bucket=jobs.name, Key="in/b.txt", Body=b"b", **by_key)

    closed = "is encrypted with a customer's key (SSE-C), which this server does not keep"
    said = jobs.run(f"{jobs.name}-1", "list.json", kind="ManifestFile")
    assert f"The manifest s3://{jobs.name}/list.json {closed}." in said["FailureReason"]
    said = jobs.run(f"{jobs.name}-2")
    assert f"s3://{jobs.name}/in/b.txt: it {closed}." in said["FailureReason"]
    assert jobs.results().keys() == {"a.txt.out"}


def test_a_job_is_stopped_while_it_runs_and_what_is_done_stays(jobs: Jobs) -> None:
    jobs.put({"in/a": "fine", **{f"in/b{number}": "sleep 600" for number in range(5)}})
    jobs.start(jobs.name)
    eventually(lambda: jobs.results().get("a.out"), 60)

    jobs.sagemaker.stop_transform_job(TransformJobName=jobs.name)
    said = jobs.wait(jobs.name)

    assert "Stopped" == said["TransformJobStatus"]
    assert {"a.out": b"FINE"} == jobs.results()
    entries = jobs.town.secondlook.list_journal(ResourceType="TransformJob", ResourceName=jobs.name)[
        "Entries"
    ]
    assert ["StopTransformJob", "CreateTransformJob"] == [entry["Action"] for entry in entries]
    refused(
        "ValidationException",
        "The request was rejected because the transform job is in status Stopped.",
        jobs.sagemaker.stop_transform_job,
        TransformJobName=jobs.name,
    )


def test_a_job_runs_on_without_its_model(jobs: Jobs) -> None:
    jobs.put({"in/a": "sleep 1", "in/b": "fine"})
    jobs.start(jobs.name)
    jobs.sagemaker.delete_model(ModelName=jobs.name)

    assert "Completed" == jobs.wait(jobs.name)["TransformJobStatus"]
    assert {"a.out": b"SLEEP 1", "b.out": b"FINE"} == jobs.results()


def test_how_far_a_job_is_can_be_asked_and_followed(jobs: Jobs, tmp_path: Path) -> None:
    jobs.put({"in/a": "one\ntwo\nthree", "in/b": "refuse", "in/c": "fine"})
    command = CommandLine(jobs.town.server.data, tmp_path)

    jobs.start(jobs.name, given={"SplitType": "Line"}, BatchStrategy="SingleRecord")
    followed = command.run("transform-jobs", "show", jobs.name, "--follow", code=1)
    listed = command.run("transform-jobs", "list", "--status", "Failed")
    said = jobs.progress(jobs.name)

    assert ("Failed", 3, 2, 1, 4) == tuple(
        said[member]
        for member in ("TransformJobStatus", "ObjectsTotal", "ObjectsDone", "ObjectsFailed", "RecordsDone")
    )
    assert said["Seconds"] > 0
    assert f"s3://{jobs.name}/in/b" in said["Failures"][0]
    assert f"The transform job {jobs.name} is Failed." in followed.err
    assert "2 of 3" in followed.out
    assert any(jobs.name in line and "2 of 3" in line for line in listed.out.splitlines())
    refused(
        "ValidationException",
        "Could not find requested job with name: none",
        jobs.town.secondlook.describe_transform_progress,
        TransformJobName="none",
    )


def test_a_key_bound_to_buckets_reaches_no_other_by_a_job(jobs: Jobs) -> None:
    other = f"{jobs.name}-other"
    jobs.s3.create_bucket(Bucket=other)
    jobs.s3.put_object(Bucket=other, Key="in/secret", Body=b"secret")
    jobs.put({"manifest": json.dumps([{"prefix": f"s3://{other}/in/"}, "secret"]), "in/a": "fine"})
    key = jobs.town.server.key(jobs.name, "requester", Buckets=[jobs.name])
    bound = jobs.town.server.client("sagemaker", key)

    def create(name: str, uri: str, kind: str, output: str) -> dict[str, Any]:
        params = jobs.params(name, kind=kind, output={"S3OutputPath": output})
        params["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"] = uri
        return params

    mine, foreign = f"s3://{jobs.name}", f"s3://{other}"
    for uri, output in ((f"{foreign}/in/", f"{mine}/out"), (f"{mine}/in/", f"{foreign}/out")):
        params = create(jobs.name, uri, "S3Prefix", output)
        refused("AccessDeniedException", f"not '{other}'", bound.create_transform_job, **params)
    bound.create_transform_job(**create(jobs.name, f"{mine}/manifest", "ManifestFile", f"{mine}/out"))
    said = jobs.wait(jobs.name)

    assert "Failed" == said["TransformJobStatus"]
    assert f"may not use the bucket {other}" in said["FailureReason"]
    assert {} == jobs.results()


def test_jobs_are_listed_with_filters_in_pages_and_have_tags(jobs: Jobs) -> None:
    jobs.put({"in/a": "x"})
    names = [f"{jobs.name}-{letter}" for letter in "abc"]
    for each in names:
        arn = jobs.start(each, Tags=[{"Key": "team", "Value": "birds"}])
    for each in names:
        jobs.wait(each)

    def listed(**filters: Any) -> list[str]:
        pages = jobs.sagemaker.get_paginator("list_transform_jobs").paginate(
            NameContains=jobs.name, **filters, PaginationConfig={"PageSize": 2}
        )
        return [each["TransformJobName"] for page in pages for each in page["TransformJobSummaries"]]

    assert names[::-1] == listed()
    assert names == listed(SortOrder="Ascending")
    assert names == listed(SortBy="Name", SortOrder="Ascending", StatusEquals="Completed")
    assert names == listed(SortBy="Status", SortOrder="Ascending")
    assert [] == listed(StatusEquals="Failed")
    assert [] == listed(CreationTimeBefore=datetime(2020, 1, 1, tzinfo=UTC))
    assert [] == listed(LastModifiedTimeBefore=datetime(2020, 1, 1, tzinfo=UTC))
    assert names == listed(LastModifiedTimeAfter=datetime(2020, 1, 1, tzinfo=UTC), SortOrder="Ascending")
    assert [{"Key": "team", "Value": "birds"}] == jobs.sagemaker.list_tags(ResourceArn=arn)["Tags"]


def test_what_cannot_be_asked_for_is_refused_by_name(jobs: Jobs) -> None:
    jobs.put({"in/a": "x"})
    jobs.run(jobs.name)
    create = jobs.sagemaker.create_transform_job
    location = {"S3DataSource": {"S3DataType": "AugmentedManifestFile", "S3Uri": "s3://b/k"}}

    def wrong(message: str, code: str = "ValidationException", **more: Any) -> None:
        refused(code, message, create, **jobs.params(f"{jobs.name}-w", **more))

    wrong("S3DataType AugmentedManifestFile is not served", given={"DataSource": location})
    wrong("SplitType RecordIO is not served", given={"SplitType": "RecordIO"})
    wrong("MaxPayloadInMB is at most 100, not 101", MaxPayloadInMB=101)
    wrong("at most 100, not 20 times 6", MaxConcurrentTransforms=20)
    wrong("DataCaptureConfig is not served", DataCaptureConfig={"DestinationS3Uri": "s3://b/k"})
    wrong("DataProcessing takes records of text/csv", DataProcessing={"InputFilter": "$[1:]"})
    wrong("DataProcessing.InputFilter '$..x' is no JSONPath", DataProcessing={"InputFilter": "$..x"})
    wrong("cannot set LD_PRELOAD", Environment={"LD_PRELOAD": "x"})
    wrong(
        "is not supported by the model package",
        TransformResources={"InstanceType": "ml.p2.xlarge", "InstanceCount": 1},
    )
    wrong("at most 16 run here", instances=17)
    wrong("Could not find model", ModelName=f"{jobs.name}-none")
    refused("ResourceInUse", "a job with this name already exists", create, **jobs.params(jobs.name))
    for operation in ("describe_transform_job", "stop_transform_job"):
        refused(
            "ValidationException",
            "Could not find requested job with name: none",
            getattr(jobs.sagemaker, operation),
            TransformJobName="none",
        )
