"""A real MLServer with two small models, for tests of the Open Inference Protocol."""
