"""A prediction and what people answered, over their input: for notebooks, light or dark, and as files.

Boxes, polygons, lines and points come over their picture, dashed and grey as predicted, solid as answered; of a text it is
shown what was changed. Whatever an input or a worker wrote is text here, and stays text.
"""

from secondlook.client.drawing.drawing import Drawing, drawing
from secondlook.client.drawing.picture import MOST_BYTES

__all__ = ["MOST_BYTES", "Drawing", "drawing"]
