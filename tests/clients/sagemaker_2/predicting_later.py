"""A program of the SageMaker SDK 2: an AsyncPredictor that waits for its results, one that looks later, and one that fails.

Run with the name of an asynchronous endpoint and of its bucket, by the notebook's Python; prints one line of JSON.
"""

import json
import sys

from sagemaker.async_inference import WaiterConfig
from sagemaker.deserializers import JSONDeserializer
from sagemaker.exceptions import AsyncInferenceModelError
from sagemaker.predictor import Predictor
from sagemaker.predictor_async import AsyncPredictor
from sagemaker.serializers import JSONSerializer

endpoint, bucket = sys.argv[1:]
patience = WaiterConfig(max_attempts=60, delay=1)
predictor = AsyncPredictor(
    Predictor(endpoint, serializer=JSONSerializer(), deserializer=JSONDeserializer()), name="later"
)

waited = predictor.predict([1, 2], input_path=f"s3://{bucket}/in/waited.json", waiter_config=patience)
response = predictor.predict_async([3], input_path=f"s3://{bucket}/in/looked.json", inference_id="looked")
looked = response.get_result(patience)
try:
    failed = predictor.predict(
        "no such thing", input_path=f"s3://{bucket}/in/failed.json", waiter_config=patience
    )
except AsyncInferenceModelError as error:
    failed = str(error)
print(json.dumps({"waited": waited, "looked": looked, "failed": failed}))
