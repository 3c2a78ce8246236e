"""A transform job of the real detector over many pictures against the same model, kept asked without a pause: how busy it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count

from bench.detector import PICTURE, PRODUCT, direct, model, raw
from bench.figure import Figure, in_turns, per_second
from bench.load import Load
from bench.rounds import Rounds
from bench.server import deploy, fresh_directory, serving
from tests.mirror import MIRROR
from tests.running import Server, eventually

AIM = 0.9
"""The share of its time that the model predicts."""

ASKED = 8
"""Connections at which a model that is called directly has no pause."""

LONGEST = 900


def figures(rounds: Rounds) -> Iterator[Figure]:
    """Pictures per second: the job from its first request to its last result, one picture an object."""
    picture = PICTURE.read_bytes()
    mirror = {"mirror": str(MIRROR)} if MIRROR else {}
    with fresh_directory() as directory, serving(directory, **mirror) as server, Load() as load:
        deploy(server, PRODUCT, "detector")  # makes the model, too, and fetches its file
        with direct(model(directory / "data")) as port:
            _put(server, picture, rounds.transformed)
            request = raw(port, picture)
            load.send(port, [request] * ASKED)
            names = count()
            subject, reference, ratio = in_turns(
                rounds.detections,
                lambda: _rate(server, f"job-{next(names)}"),
                lambda: load.send(port, [request] * rounds.transformed, ASKED).rate,
            )
            yield Figure(
                f"transform job of the detector over {rounds.transformed:,} pictures",
                per_second(subject),
                f"the model called directly without a pause: {per_second(reference)}",
                f"busy {ratio:.0%}",
                f"≥ {AIM:.0%}",
                ratio >= AIM,
            )


def _put(server: Server, picture: bytes, pictures: int) -> None:
    s3 = server.client("s3")
    s3.create_bucket(Bucket="pictures")
    for number in range(pictures):
        s3.put_object(Bucket="pictures", Key=f"in/{number:06}.jpg", Body=picture)


def _rate(server: Server, name: str) -> float:
    """Pictures per second of a job's run; its instance's start is not part of it."""
    server.client("sagemaker").create_transform_job(
        TransformJobName=name,
        ModelName="detector",
        TransformInput={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://pictures/in/"}},
            "ContentType": "image/jpeg",
        },
        TransformOutput={"S3OutputPath": f"s3://pictures/{name}"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        Environment={"OMP_NUM_THREADS": "1"},
    )
    eventually(partial(_is_over, server, name), LONGEST)
    progress = server.client("secondlook").describe_transform_progress(TransformJobName=name)["Progress"]
    if progress["TransformJobStatus"] != "Completed":
        raise RuntimeError(f"{name} is {progress['TransformJobStatus']}: {progress.get('FailureReason')}")
    return float(progress["ObjectsDone"] / progress["Seconds"])


def _is_over(server: Server, name: str) -> bool:
    status = server.client("sagemaker").describe_transform_job(TransformJobName=name)["TransformJobStatus"]
    return status in {"Completed", "Failed", "Stopped"}
