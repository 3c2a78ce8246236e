"""A program of the SageMaker SDK 3: a group, a version of a model in it, its approval, an endpoint of it.

Run with a name, the place of a model.tar.gz, an image and a role; prints one line of JSON.
"""

import json
import sys

from sagemaker.core.resources import Endpoint, EndpointConfig, Model, ModelPackage, ModelPackageGroup
from sagemaker.core.shapes import (
    ContainerDefinition,
    ContainersItem,
    InferenceSpecification,
    ProductionVariant,
    Tag,
)

name, data, image, role = sys.argv[1:]
tags = [Tag(key="team", value="kitchen")]

group = ModelPackageGroup.create(
    model_package_group_name=name, model_package_group_description="spoons", tags=tags
)
group.wait_for_status("Completed", poll=1)
container = ContainersItem(image=image, model_data_url=data)
specification = InferenceSpecification(
    containers=[container],
    supported_content_types=["text/plain"],
    supported_response_mime_types=["text/plain"],
    supported_realtime_inference_instance_types=["ml.m4.xlarge"],
)
try:
    ModelPackage.create(model_package_group_name=name, inference_specification=specification)
except KeyError as error:  # it looks for a member that no answer of CreateModelPackage has
    missing = str(error)

arn = f"{group.model_package_group_arn.replace('-group/', '/')}/1"
package = ModelPackage.get(model_package_name=arn)
before = package.model_approval_status
package.update(model_approval_status="Approved", approval_description="looked at it")
package = ModelPackage.get(model_package_name=arn)
batch = package.batch_get(model_package_arn_list=[arn, f"{arn}0"])

model = Model.create(
    model_name=name,
    execution_role_arn=role,
    primary_container=ContainerDefinition(model_package_name=arn),
    tags=tags,
)
variant = ProductionVariant(
    variant_name="AllTraffic", model_name=name, instance_type="ml.m4.xlarge", initial_instance_count=1
)
EndpointConfig.create(endpoint_config_name=name, production_variants=[variant], tags=tags)
endpoint = Endpoint.create(endpoint_name=name, endpoint_config_name=name, tags=tags)
endpoint.wait_for_status("InService", poll=1)
answer = endpoint.invoke(body=b"greet", content_type="text/plain")

print(
    json.dumps(
        {
            "missing": missing,
            "group": [group.model_package_group_description, group.model_package_group_status],
            "version": package.model_package_version,
            "statuses": [before, package.model_approval_status, package.model_package_status],
            "image": package.inference_specification.containers[0].image,
            "batch": [
                sorted(batch.model_package_summaries),
                sorted(batch.batch_describe_model_package_error_map),
            ],
            "listed": [
                listed.model_package_group_name for listed in ModelPackageGroup.get_all(name_contains=name)
            ],
            "answer": answer.body.read().decode(),
        }
    )
)
