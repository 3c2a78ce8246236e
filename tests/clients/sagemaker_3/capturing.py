"""A program of the SageMaker SDK 3, by its resources: an endpoint whose calls are captured, and one call.

Run with the name of a model, of the endpoint that is made, and the URI that it captures to; prints the answer.
"""

import sys

from sagemaker.core.resources import Endpoint, EndpointConfig
from sagemaker.core.shapes import (
    CaptureContentTypeHeader,
    CaptureOption,
    DataCaptureConfig,
    ProductionVariant,
)

model, name, destination = sys.argv[1:]
capture = DataCaptureConfig(
    enable_capture=True,
    initial_sampling_percentage=100,
    destination_s3_uri=destination,
    capture_options=[CaptureOption(capture_mode="Input"), CaptureOption(capture_mode="Output")],
    capture_content_type_header=CaptureContentTypeHeader(csv_content_types=["text/csv"]),
)
variant = ProductionVariant(
    variant_name="AllTraffic", model_name=model, instance_type="ml.m4.xlarge", initial_instance_count=1
)
EndpointConfig.create(endpoint_config_name=name, production_variants=[variant], data_capture_config=capture)
endpoint = Endpoint.create(endpoint_name=name, endpoint_config_name=name)
endpoint.wait_for_status("InService", poll=1)
answer = endpoint.invoke(body=b"1,2", content_type="text/csv", accept="text/csv", inference_id="by-the-sdk")
print(answer.body.read().decode())
