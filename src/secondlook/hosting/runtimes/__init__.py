"""Ways to serve a model: each runs as its own process, `python -m secondlook.hosting.runtimes.NAME`.

A runtime keeps the container contract and nothing else of this package: it reads its configuration from its
environment and its model from `SM_MODEL_DIR`, and it knows neither the database nor the server that started it.
Model libraries are imported here and nowhere else (extra `secondlook[models]`).
"""
