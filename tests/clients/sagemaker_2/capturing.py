"""A program of the SageMaker SDK 2: an endpoint whose calls are captured, and one call.

Run with the name of a model, of the endpoint that is made, and the URI that it captures to, by the notebook's Python.
"""

import sys

from sagemaker.deserializers import CSVDeserializer
from sagemaker.model_monitor import DataCaptureConfig
from sagemaker.predictor import Predictor
from sagemaker.serializers import CSVSerializer
from sagemaker.session import Session, production_variant

model, endpoint, destination = sys.argv[1:]
config = DataCaptureConfig(
    enable_capture=True,
    sampling_percentage=100,
    destination_s3_uri=destination,
    csv_content_types=["text/csv"],
    json_content_types=["application/json"],
)
session = Session()
session.endpoint_from_production_variants(
    endpoint,
    [production_variant(model, "ml.m4.xlarge")],
    data_capture_config_dict=config._to_request_dict(),
)
predictor = Predictor(endpoint, session, serializer=CSVSerializer(), deserializer=CSVDeserializer())
answer = predictor.predict([[1, 2]], inference_id="by-the-sdk")
print(f"\n{answer}")  # on a line of its own, behind the SDK's signs of progress
