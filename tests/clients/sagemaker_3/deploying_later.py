"""A program of the SageMaker SDK 3: an asynchronous endpoint whose calls are captured, an answer and a failure of it, and what AWS shows of it.

Run with the name of a model, of the endpoint that is made, and of a bucket; prints one line of JSON.
"""

import json
import sys
import time

import boto3
from sagemaker.core.helper.session_helper import Session, production_variant
from sagemaker.core.inference_config import AsyncInferenceConfig
from sagemaker.core.model_monitor import DataCaptureConfig
from sagemaker.core.resources import Endpoint, EndpointConfig
from sagemaker.core.s3 import S3Downloader, S3Uploader

model, name, bucket = sys.argv[1:]
session = Session(boto3.Session(), default_bucket=bucket)


def result(location):
    """What lies at a URI, once it does."""
    for _ in range(60):
        if S3Downloader.list(location, session):
            return S3Downloader.read_file(location, session)
        time.sleep(1)
    raise TimeoutError(location)


def call(text):
    source = S3Uploader.upload_string_as_file_body(
        text, f"s3://{bucket}/in/{text}", sagemaker_session=session
    )
    return endpoint.invoke_async(input_location=source, content_type="text/csv", inference_id=text)


later = AsyncInferenceConfig(
    output_path=f"s3://{bucket}/out",
    failure_path=f"s3://{bucket}/failed",
    max_concurrent_invocations_per_instance=2,
)
captured = DataCaptureConfig(
    enable_capture=True,
    sampling_percentage=100,
    destination_s3_uri=f"s3://{bucket}/captured",
    sagemaker_session=session,
)
session.endpoint_from_production_variants(
    name,
    [production_variant(model, "ml.m4.xlarge", 1)],
    async_inference_config_dict=later._to_request_dict(),
    data_capture_config_dict=captured._to_request_dict(),
)
endpoint = Endpoint.get(endpoint_name=name)
config = EndpointConfig.get(endpoint_config_name=name)
answered, failed = call("1,2"), call("fail")
print()  # the SDK's signs of progress stand on a line of their own
print(
    json.dumps(
        {
            "output": config.async_inference_config.output_config.s3_output_path,
            "at once": config.async_inference_config.client_config.max_concurrent_invocations_per_instance,
            "capture": endpoint.data_capture_config.capture_status,
            "id": answered.inference_id,
            "answer": result(answered.output_location),
            "failure": result(failed.failure_location),
        }
    )
)
