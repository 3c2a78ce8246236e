"""Says how surely a text is a complaint, by words and their weights. Put a model of yours in their place."""

import json
import math
import os
import re


def model_fn(model_dir):
    """Once, before the endpoint is InService. `model_dir` is the folder above this one."""
    with open(os.path.join(model_dir, "weights.json"), encoding="utf-8") as file:
        return json.load(file)


def input_fn(input_data, content_type):
    """From the body of a request to what predict_fn takes."""
    if content_type.startswith("application/json"):
        return json.loads(input_data)["text"]
    return input_data if isinstance(input_data, str) else input_data.decode()


def predict_fn(text, weights):
    words = set(re.findall(r"\w+", text.lower()))
    total = weights[""] + sum(weights.get(word, 0.0) for word in words)
    score = 1 / (1 + math.exp(-total))
    print(f"{len(words)} words, score {score:.2f}")  # secondlook endpoints logs NAME
    return {"label": os.environ.get("LABEL", "complaint"), "score": round(score, 4)}
