"""The workshop of predictions: what can be deployed, what is deployed, and how it is asked.

model package → model → endpoint config → endpoint → instances → InvokeEndpoint. Everything behind an endpoint is an
HTTP server that keeps SageMaker's container contract; the server itself never loads a model.
"""
