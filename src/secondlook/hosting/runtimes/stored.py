"""The first frame of a picture as it is stored: what an image tool shows of it, too (docs/pictures.md)."""

from __future__ import annotations

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.TiffImagePlugin import BITSPERSAMPLE, PHOTOMETRIC_INTERPRETATION, TiffImageFile

from secondlook.hosting.runtimes import avif

_ORIENTATION = 0x0112

_WHITE_IS_ZERO = 0
_WHITE = 65535

_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What undoes the turn that an EXIF orientation asks for."""


def stored(picture: Image.Image, body: bytes) -> Image.Image:
    """The pixels of the opened file `body`, loaded. Errors: whatever Pillow raises for a damaged file."""
    match picture:
        case AvifImageFile():
            return picture.crop((0, 0, *avif.shown(body, picture.size)))
        case TiffImageFile():
            return _over_its_range(_not_turned(picture), picture)
        case GifImageFile():
            return _on_its_screen(picture)
    picture.load()
    return picture


def _not_turned(picture: TiffImageFile) -> Image.Image:
    """Pillow turns a TIFF, and no other file, by its orientation while it loads."""
    back = _BACK.get(picture.getexif().get(_ORIENTATION, 1))
    picture.load()
    return picture if back is None else picture.transpose(back)


def _over_its_range(loaded: Image.Image, picture: TiffImageFile) -> Image.Image:
    """In a TIFF zero may be white, and 12 bits be all; Pillow leaves both as they are in pictures of more than 8 bits."""
    if loaded.mode != "I;16":
        return loaded
    scale = _WHITE / (2 ** picture.tag_v2[BITSPERSAMPLE][0] - 1)
    if picture.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == _WHITE_IS_ZERO:
        return loaded.point(lambda value: value * -scale + _WHITE)
    return loaded if scale == 1 else loaded.point(lambda value: value * scale)


def _on_its_screen(picture: GifImageFile) -> Image.Image:
    """A GIF whose first frame covers a part of its screen: around it is nothing, where Pillow puts a colour."""
    covered = picture.tile[0].extents
    picture.load()
    if covered == (0, 0, *picture.size):
        return picture
    screen = Image.new("RGBA", picture.size)
    screen.paste(picture.convert("RGBA").crop(covered), covered)
    return screen
