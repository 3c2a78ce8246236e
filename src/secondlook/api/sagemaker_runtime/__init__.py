"""SageMaker runtime: predictions (REST JSON) [hosting.md]."""
