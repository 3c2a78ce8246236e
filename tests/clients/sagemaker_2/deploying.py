"""A program of the SageMaker SDK 2: one model of each kind that brings a script, deployed and asked; answers as one line of JSON.

Run with an access key that may bring code (id and secret), a bucket, a folder with `inference.py` and a model.tar.gz, by the
notebook's Python.
"""

import json
import sys

import boto3
import sagemaker
from sagemaker.deserializers import JSONDeserializer
from sagemaker.model import Model
from sagemaker.predictor import Predictor
from sagemaker.pytorch import PyTorchModel
from sagemaker.serializers import JSONSerializer
from sagemaker.sklearn import SKLearnModel
from sagemaker.xgboost import XGBoostModel

key_id, secret, bucket, folder, model_data, image, name = sys.argv[1:]
session = sagemaker.Session(boto3.Session(key_id, secret), default_bucket=bucket)
ROLE = "arn:aws:iam::123456789012:role/service-role/SecondLookExecutionRole"
common = {"model_data": model_data, "role": ROLE, "sagemaker_session": session}
script = {"entry_point": "inference.py", "source_dir": folder}

MODELS = {
    "sklearn": SKLearnModel(**common, **script, framework_version="1.2-1", env={"FACTOR": "2"}),
    "pytorch": PyTorchModel(**common, **script, framework_version="2.1", py_version="py310"),
    "xgboost": XGBoostModel(**common, **script, framework_version="1.7-1"),
    "model": Model(image, **common, **script, predictor_cls=Predictor),
}

answers = {}
for kind, model in MODELS.items():
    endpoint = f"{name}-{kind}"
    model.deploy(1, "ml.m5.large", endpoint_name=endpoint, wait=False)
    waiter = session.sagemaker_client.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName=endpoint, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    predictor = Predictor(endpoint, session, JSONSerializer(), JSONDeserializer())
    container = session.sagemaker_client.describe_model(ModelName=model.name)
    container = container.get("PrimaryContainer") or container["Containers"][0]
    answers[kind] = [predictor.predict([[1, 2]]), container["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"]]
print(json.dumps(answers))
