"""A program of the SageMaker SDK 2: a package deployed asynchronously with its calls captured, an answer and a failure of it.

Run with the ARN of the package, the name of the endpoint, a bucket and a role, by the notebook's Python; prints one line of JSON. Where
answers go is left to the SDK: to the session's bucket.
"""

import json
import sys

import boto3
from sagemaker import ModelPackage
from sagemaker.async_inference import AsyncInferenceConfig, WaiterConfig
from sagemaker.deserializers import StringDeserializer
from sagemaker.exceptions import AsyncInferenceModelError
from sagemaker.model_monitor import DataCaptureConfig
from sagemaker.predictor import Predictor
from sagemaker.serializers import CSVSerializer
from sagemaker.session import Session

package, name, bucket, role = sys.argv[1:]
session = Session(boto3.Session(), default_bucket=bucket)
patience = WaiterConfig(max_attempts=60, delay=1)

model = ModelPackage(role, model_package_arn=package, sagemaker_session=session, predictor_cls=Predictor)
predictor = model.deploy(
    1,
    "ml.m4.xlarge",
    endpoint_name=name,
    serializer=CSVSerializer(),
    deserializer=StringDeserializer(),
    async_inference_config=AsyncInferenceConfig(max_concurrent_invocations_per_instance=2),
    data_capture_config=DataCaptureConfig(True, 100, f"s3://{bucket}/captured", sagemaker_session=session),
)
config = session.sagemaker_client.describe_endpoint_config(EndpointConfigName=name)["AsyncInferenceConfig"]
capture = session.sagemaker_client.describe_endpoint(EndpointName=name)["DataCaptureConfig"]
waiting = predictor.predict_async([1, 2], inference_id="1,2")
try:
    failure = predictor.predict("fail", inference_id="fail", waiter_config=patience)
except AsyncInferenceModelError as error:
    failure = str(error)
print()  # the SDK's signs of progress stand on a line of their own
print(
    json.dumps(
        {
            "output": config["OutputConfig"]["S3OutputPath"],
            "at once": config["ClientConfig"]["MaxConcurrentInvocationsPerInstance"],
            "capture": capture["CaptureStatus"],
            "id": "1,2",
            "answer": waiting.get_result(patience),
            "failure": failure,
        }
    )
)
