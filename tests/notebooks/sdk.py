"""Prints what the SageMaker SDK finds by a session of the helper's, with nothing in the environment: `sdk.py DATA`."""

import sys

import sagemaker

import secondlook

session = sagemaker.Session(boto_session=secondlook.connect(sys.argv[1]).session)
print(session.account_id(), session.default_bucket(), sagemaker.get_execution_role(session))
