"""The language of a text. See `__main__` for the environment it reads."""
