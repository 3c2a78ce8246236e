"""Object detection with a FastestDet-shaped ONNX model. See `__main__` for the environment it reads."""
