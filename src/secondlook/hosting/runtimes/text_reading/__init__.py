"""Reading text in pictures with RapidOCR. See `__main__` for the environment it reads."""
