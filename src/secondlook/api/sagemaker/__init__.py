"""The control plane: people, task UIs, flow definitions, and what is hosted (JSON 1.1, target `SageMaker.…`)."""
