"""From a caller to a model and back."""
