"""A program of the SageMaker SDK 2: a model is registered as a version of a group, and deployed from there.

Run with a name, the place of a model.tar.gz, an image and a role, by the notebook's Python; prints one line of JSON.
"""

import json
import sys

from sagemaker import ModelPackage, Session
from sagemaker.model import Model
from sagemaker.predictor import Predictor

name, data, image, role = sys.argv[1:]
session = Session()
supported = {
    "content_types": ["text/plain"],
    "response_types": ["text/plain"],
    "inference_instances": ["ml.m4.xlarge"],
    "transform_instances": ["ml.m5.large"],
}
model = Model(image_uri=image, model_data=data, role=role, sagemaker_session=session)
versions = [
    model.register(
        model_package_group_name=name,
        description="spoons",
        customer_metadata_properties={"a": "1"},
        **supported,
    )
    for _ in range(2)
]
alone = model.register(model_package_name=f"{name}-alone", **supported)

first, last = versions
last.update_customer_metadata({"b": "2"})
last.remove_customer_metadata_properties(["a"])
first.update_approval_status("Rejected", "not this one")
package = ModelPackage(
    role, model_package_arn=last.model_package_arn, sagemaker_session=session, predictor_cls=Predictor
)
package.deploy(1, "ml.m4.xlarge", endpoint_name=name, wait=False)  # it approves the version first
newest = session.get_most_recently_created_approved_model_package(name)

print(
    json.dumps(
        {
            "versions": [version.model_package_arn for version in versions],
            "alone": alone.model_package_arn,
            "newest": newest.model_package_arn,
            "isolated": package.enable_network_isolation(),
        }
    )
)
