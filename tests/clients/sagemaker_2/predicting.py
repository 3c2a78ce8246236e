"""A program of the SageMaker SDK 2: predictors with its serializers and deserializers, each call's outcome on one line of JSON.

Run with the name of an endpoint that answers what it was sent, by the notebook's Python.
"""

import json
import sys

import numpy as np
import pandas as pd
from sagemaker.deserializers import (
    BytesDeserializer,
    CSVDeserializer,
    JSONDeserializer,
    JSONLinesDeserializer,
    NumpyDeserializer,
    PandasDeserializer,
    StreamDeserializer,
    StringDeserializer,
)
from sagemaker.predictor import Predictor
from sagemaker.serializers import (
    CSVSerializer,
    IdentitySerializer,
    JSONLinesSerializer,
    JSONSerializer,
    NumpySerializer,
    StringSerializer,
)

TABLE = [[1, 2.5], [3, 4]]
FRAME = pd.DataFrame({"a": [1, 2], "b": ["x, y", "z"]})


def streamed(answer):
    stream, content_type = answer
    return content_type, stream.read().decode()


CALLS = {
    "json to json": (JSONSerializer(), JSONDeserializer(), TABLE, list),
    "json to numpy": (JSONSerializer(), NumpyDeserializer(), TABLE, np.ndarray.tolist),
    "json to numpy by csv": (
        JSONSerializer(),
        NumpyDeserializer(accept="text/csv"),
        TABLE,
        np.ndarray.tolist,
    ),
    "json to text": (JSONSerializer(), StringDeserializer(), {"a": np.array([1])}, str),
    "csv to csv": (CSVSerializer(), CSVDeserializer(), np.array(TABLE), list),
    "csv to json": (CSVSerializer(), JSONDeserializer(), FRAME, list),
    "csv to pandas": (CSVSerializer(), PandasDeserializer(), [["a", "b"], ["x, y", 1]], pd.DataFrame.to_dict),
    "json to pandas": (JSONSerializer(), PandasDeserializer(), {"a": {"0": 1}}, pd.DataFrame.to_dict),
    "numpy to numpy": (NumpySerializer(), NumpyDeserializer(), np.float32(TABLE), np.ndarray.tolist),
    "numpy to csv": (NumpySerializer(dtype="float32"), CSVDeserializer(), TABLE, list),
    "identity to stream": (
        IdentitySerializer("application/json"),
        StreamDeserializer(accept="application/json"),
        b"[1]",
        streamed,
    ),
    "identity to bytes": (IdentitySerializer("text/csv"), BytesDeserializer(), b"1,2", bytes.decode),
    "text to json": (StringSerializer(), JSONDeserializer(), "hello", list),
    "json lines to json": (JSONLinesSerializer(), JSONDeserializer(), [[1]], list),
    "json to json lines": (JSONSerializer(), JSONLinesDeserializer(), [1], list),
}


def outcome(endpoint, serializer, deserializer, data, shown):
    predictor = Predictor(endpoint, serializer=serializer, deserializer=deserializer)
    try:
        return shown(predictor.predict(data))
    except predictor.sagemaker_session.sagemaker_runtime_client.exceptions.ModelError as error:
        return error.response["OriginalStatusCode"]


print(json.dumps({what: outcome(sys.argv[1], *call) for what, call in CALLS.items()}, default=str))
