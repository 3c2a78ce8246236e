"""People behind machine predictions: an open, self-hosted system that speaks Amazon A2I's protocols."""

__version__ = "0.2.0.dev0"
