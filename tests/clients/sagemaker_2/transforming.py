"""A transform job by version 2 of the SageMaker SDK: `transforming.py NAME`, which model, bucket and job are called."""

import sys

import boto3
import sagemaker
from sagemaker.transformer import Transformer

name = sys.argv[1]
transformer = Transformer(
    model_name=name,
    instance_count=1,
    instance_type="ml.m4.xlarge",
    strategy="SingleRecord",
    assemble_with="Line",
    accept="text/csv",
    output_path=f"s3://{name}/out/",
    max_concurrent_transforms=2,
    max_payload=1,
    sagemaker_session=sagemaker.Session(boto_session=boto3.Session(), default_bucket=name),
)
transformer.transform(
    f"s3://{name}/in/",
    job_name=name,
    content_type="text/csv",
    split_type="Line",
    input_filter="$[1:]",
    join_source="Input",
    output_filter="$[0,-1]",
    model_client_config={"InvocationsTimeoutInSeconds": 60, "InvocationsMaxRetries": 1},
    wait=True,
    logs=True,
)
print(Transformer.attach(name, transformer.sagemaker_session).output_path)
