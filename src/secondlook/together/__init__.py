"""Joint stories of both workshops: a model predicts, and people look again where its answer is in doubt."""
