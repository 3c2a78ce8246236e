"""Other servers of the same model: what InvokeEndpoint must not be slower than.

Each has its pinned requirements and a module that serves the detector of our own runtime, so that only the server around
the model differs. Their environments are made on first use, under `.cache/environments`.
"""
