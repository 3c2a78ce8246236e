"""From the bytes of a PDF to the pixels of its one page, as a scanner would have made them.

PDFium paints it, in the model's own process; scripts, forms and links of a document do nothing there.
"""

from __future__ import annotations

import os

import numpy as np
import pypdfium2
from pypdfium2 import raw

from secondlook.hosting.runtimes.call import OPEN, Request, RequestError
from secondlook.hosting.runtimes.pictures import MAX_PIXELS, Pixels

START = b"%PDF-"
MEDIA_TYPE = "application/pdf"

_DOTS_PER_INCH = 200
_POINTS_PER_INCH = 72
_LONGEST_SIDE = 4000
"""Pixels; a page larger than that at 200 dots per inch, such as a plan, is painted more coarsely."""


def is_pdf(request: Request) -> bool:
    """Whether the body is a PDF, and not said to be something else."""
    return request.body.startswith(START) and request.media_type in {MEDIA_TYPE, *OPEN}


def page_pixels(request: Request) -> Pixels:
    """The page as an array of height by width by 3 (red, green, blue).

    Refuses what is damaged (400), has a password or more than one page (415), or more pixels than MAX_PIXELS (413).
    """
    try:
        with pypdfium2.PdfDocument(request.body) as document:
            pages = len(document)
            if pages != 1:
                raise RequestError(
                    415, f"The PDF has {pages:,} pages; one is read at a time: send each by itself"
                )
            return _painted(document[0])
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise RequestError(
                415, "The PDF is protected by a password; send it without, or as a picture"
            ) from error
        raise RequestError(400, f"The PDF is damaged: {error}") from error


def _painted(page: pypdfium2.PdfPage) -> Pixels:
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _LONGEST_SIDE / max(width, height, 1.0))
    limit = int(os.environ.get("MAX_PIXELS", MAX_PIXELS))
    if width * scale * height * scale > limit:
        raise RequestError(
            413, f"The page has {width:g} x {height:g} points; at most {limit:,} pixels are painted"
        )
    painted = page.render(scale=scale, rev_byteorder=True, maybe_alpha=False)
    return np.ascontiguousarray(painted.to_numpy()[:, :, :3])
