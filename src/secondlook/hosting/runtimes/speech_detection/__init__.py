"""Where somebody speaks in a recording. See `__main__` for the environment it reads."""
