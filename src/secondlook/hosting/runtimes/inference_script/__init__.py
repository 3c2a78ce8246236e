"""Serving a model with its own code, as SageMaker's inference toolkits do. See `__main__`."""
