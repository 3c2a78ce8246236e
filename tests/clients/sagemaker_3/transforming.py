"""A transform job by the resources of version 3 of the SageMaker SDK: `transforming.py NAME`, which model, bucket and job are called."""

import sys

import boto3
from sagemaker.core.resources import TransformJob
from sagemaker.core.shapes import (
    DataProcessing,
    TransformDataSource,
    TransformInput,
    TransformOutput,
    TransformResources,
    TransformS3DataSource,
)

name = sys.argv[1]
session = boto3.Session()
source = TransformS3DataSource(s3_data_type="S3Prefix", s3_uri=f"s3://{name}/in/")
job = TransformJob.create(
    transform_job_name=name,
    model_name=name,
    transform_input=TransformInput(
        data_source=TransformDataSource(s3_data_source=source), content_type="text/csv", split_type="Line"
    ),
    transform_output=TransformOutput(
        s3_output_path=f"s3://{name}/out/", accept="text/csv", assemble_with="Line"
    ),
    transform_resources=TransformResources(instance_type="ml.m4.xlarge", instance_count=1),
    data_processing=DataProcessing(input_filter="$[1:]", join_source="Input", output_filter="$[0,-1]"),
    session=session,
)
job.wait(poll=1)
[found] = TransformJob.get_all(name_contains=name, session=session)
print(found.transform_output.s3_output_path)
