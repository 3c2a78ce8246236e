"""Serve a model with its own `inference.py`, found in `SM_MODEL_DIR` or its folder `code`."""

from __future__ import annotations

import os
from pathlib import Path

from secondlook.hosting.contract import MODEL_DIRECTORY
from secondlook.hosting.runtimes.call import Predict
from secondlook.hosting.runtimes.inference_script import script
from secondlook.hosting.runtimes.serving import serve


def load() -> Predict:
    return script.load(Path(os.environ[MODEL_DIRECTORY]))


if __name__ == "__main__":
    serve(load)
