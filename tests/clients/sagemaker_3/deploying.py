"""A program of the SageMaker SDK 3: a model of an image and a folder of files, an endpoint of it, a prediction.

Run with a name, the place of a folder, an image and a role; prints one line of JSON.
"""

import json
import sys

from sagemaker.core.resources import Endpoint, EndpointConfig, Model
from sagemaker.core.shapes import (
    ContainerDefinition,
    ModelDataSource,
    ProductionVariant,
    S3ModelDataSource,
)

name, folder, image, role = sys.argv[1:]

source = S3ModelDataSource(s3_uri=folder, s3_data_type="S3Prefix", compression_type="None")
container = ContainerDefinition(
    image=image,
    model_data_source=ModelDataSource(s3_data_source=source),
    environment={"FACTOR": "3"},
)
model = Model.create(model_name=name, execution_role_arn=role, primary_container=container)
variant = ProductionVariant(
    variant_name="AllTraffic", model_name=name, instance_type="ml.m5.large", initial_instance_count=1
)
EndpointConfig.create(endpoint_config_name=name, production_variants=[variant])
endpoint = Endpoint.create(endpoint_name=name, endpoint_config_name=name)
endpoint.wait_for_status("InService", poll=1)
answer = endpoint.invoke(body=b"[[1, 2]]", content_type="application/json")

print(
    json.dumps(
        {
            "place": model.primary_container.model_data_source.s3_data_source.s3_uri,
            "answer": json.loads(answer.body.read()),
        }
    )
)
