from __future__ import annotations

import io
import re
import tomllib
import tracemalloc
from importlib.resources import files

import pytest

np = pytest.importorskip("numpy", reason="the extra secondlook[models] is not installed")
Image = pytest.importorskip("PIL.Image", reason="the extra secondlook[models] is not installed")

from PIL.JpegImagePlugin import JpegImageFile  # noqa: E402

from secondlook.hosting.runtimes.call import Request, RequestError  # noqa: E402
from secondlook.hosting.runtimes.pictures import FORMATS, pixels  # noqa: E402
from tests.pictures.kinds import KINDS, REFUSED, Kind, Refused  # noqa: E402
from tests.pictures.making import PHOTO, chunk, png_of  # noqa: E402


def saved(picture, format_: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content_type", "format_"),
    [
        ("image/jpeg", "JPEG"),
        ("image/png", "PNG"),
        ("image/webp", "WEBP"),
        ("image/avif", "AVIF"),
        ("image/bmp", "BMP"),
        ("image/gif", "GIF"),
        ("image/tiff", "TIFF"),
        ("application/x-image", "PNG"),
        ("", "PNG"),
        ("IMAGE/PNG; q=1", "PNG"),
        ("image/jpg", "JPEG"),
        ("image/x-tiff", "TIFF"),
        ("image/heic", "JPEG"),
        ("image/vnd.mozilla.apng", "PNG"),
        ("binary/octet-stream", "WEBP"),
    ],
)
def test_a_picture_is_read_whatever_its_format(content_type: str, format_: str) -> None:
    picture = pixels(Request(saved(Image.new("RGB", (30, 20), (200, 30, 60)), format_), content_type))

    assert picture.shape == (20, 30, 3)
    assert picture[10, 15].tolist() == pytest.approx([200, 30, 60], abs=4)


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("L", 90, [90, 90, 90]),
        ("1", 1, [255, 255, 255]),
        ("I;16", 90 * 257, [90, 90, 90]),
        ("RGBA", (200, 30, 60, 255), [200, 30, 60]),
        ("RGBA", (200, 30, 60, 0), [255, 255, 255]),
        ("LA", (90, 255), [90, 90, 90]),
    ],
)
def test_grey_and_transparent_pictures_are_seen_as_people_see_them(
    mode: str, colour: object, seen: list[int]
) -> None:
    assert pixels(Request(saved(Image.new(mode, (4, 4), colour))))[0, 0].tolist() == seen


@pytest.mark.parametrize(("mode", "format_"), [("I;16", "PNG"), ("F", "TIFF")])
def test_a_deep_picture_takes_little_memory_more_than_its_pixels(mode: str, format_: str) -> None:
    body = saved(Image.new(mode, (2000, 2000)), format_)

    tracemalloc.start()
    try:
        read = pixels(Request(body))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 3 * read.nbytes


def test_a_depth_that_there_is_not_takes_no_memory() -> None:
    body = png_of(24, 3, b"", (600, 400), more=chunk(b"PLTE", b"red"))

    tracemalloc.start()
    try:
        with pytest.raises(RequestError, match="is not a picture that can be read"):
            pixels(Request(body))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


def test_around_the_first_frame_of_an_animation_is_white() -> None:
    kind = next(kind for kind in KINDS if kind.family == "PNG" and "covers a part" in kind.name)

    read = pixels(Request(kind.make()))

    assert (read[:100] == 255).all()
    assert abs(read[100:300, 150:450].astype(int) - np.asarray(PHOTO.resize((300, 200)))).max() == 0


def test_a_palette_is_looked_up() -> None:
    picture = Image.new("RGB", (4, 4), (200, 30, 60)).convert("P", palette=Image.Palette.ADAPTIVE)

    assert pixels(Request(saved(picture)))[0, 0].tolist() == pytest.approx([200, 30, 60], abs=4)


def test_a_cmyk_jpeg_is_read() -> None:
    assert pixels(Request(saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")))[
        4, 4
    ].tolist() == pytest.approx([254, 0, 0], abs=6)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_is_read_with_its_size_as_stored(kind: Kind) -> None:
    assert pixels(Request(kind.make())).shape == (400, 600, 3)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "orientation" in kind.name], ids=str)
def test_orientation_is_ignored(kind: Kind) -> None:
    difference = pixels(Request(kind.make())).astype(int) - np.asarray(PHOTO)

    assert abs(difference).mean() < 3


def test_a_turn_that_only_xmp_knows_is_ignored_too() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'

    picture = pixels(Request(saved(PHOTO, "TIFF", tiffinfo={700: xmp})))

    assert abs(picture.astype(int) - np.asarray(PHOTO)).mean() == 0


@pytest.mark.parametrize("word", ["16 bits, zero as white", "12 bits"])
def test_a_deep_tiff_is_read_over_its_whole_range(word: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == f"grey of {word}")

    difference = pixels(Request(kind.make())).astype(int)[:, :, 0] - np.asarray(PHOTO.convert("L"))

    assert abs(difference).max() <= 1


def test_around_a_frame_that_covers_a_part_is_white_as_in_browsers() -> None:
    picture = pixels(Request(next(kind for kind in KINDS if "covers a part" in kind.name).make()))

    assert (picture[:100] == 255).all()
    assert not (picture[100:300, 150:450] == 255).all()


def test_a_jpeg_is_whole_without_its_last_marker_and_damaged_without_any_more() -> None:
    whole = saved(PHOTO, "JPEG", quality=92)

    assert (pixels(Request(whole[:-2])) == pixels(Request(whole))).all()
    for missing in range(3, 60):
        with pytest.raises(RequestError, match="is damaged"):
            pixels(Request(whole[:-missing]))


def test_to_know_that_a_jpeg_is_whole_takes_one_decoding_more(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, decodings = saved(PHOTO, "JPEG", quality=92), []
    prepare = JpegImageFile.load_prepare

    def decoding(picture: JpegImageFile) -> None:
        decodings.append(picture.size)
        prepare(picture)

    monkeypatch.setattr(JpegImageFile, "load_prepare", decoding)

    pixels(Request(whole))

    assert decodings == [PHOTO.size] * 2


def test_small_jpegs_cut_anywhere_are_damaged_unless_nothing_was_lost() -> None:
    """A few cuts lose no more than what a decoder makes up anyway; the fillers are chosen so that they are very few."""
    random = np.random.default_rng(8)
    refused = lost = 0
    for quality in (5, 30, 60, 75, 92) * 6:
        noise = Image.fromarray(random.integers(0, 256, (24, 40, 3), np.uint8))
        whole = saved(noise, "JPEG", quality=quality, progressive=quality == 30)
        for missing in range(3, 15):
            cut = whole[:-missing]
            refused += _is_damaged(cut)
            lost += _is_damaged(cut) or (pixels(Request(cut)) != pixels(Request(whole))).any()
    assert lost > 300
    assert refused >= 0.99 * lost


def _is_damaged(body: bytes) -> bool:
    try:
        pixels(Request(body))
    except RequestError:
        return True
    return False


def test_a_jpeg_cut_where_a_restart_marker_was_due_is_damaged() -> None:
    whole = saved(PHOTO, "JPEG", restart_marker_rows=1)
    for marker in list(re.finditer(rb"\xff[\xd0-\xd7]", whole))[-9:]:
        with pytest.raises(RequestError, match="is damaged"):
            pixels(Request(whole[: marker.start()]))


def test_an_avif_whose_pixels_make_no_sense_is_damaged() -> None:
    head, mark, data = saved(PHOTO, "AVIF", quality=90).partition(b"mdat")

    with pytest.raises(RequestError, match="is damaged"):
        pixels(Request(head + mark + bytes(40) + data[40:]))


@pytest.mark.parametrize("product", ["fastestdet-coco", "ppocr-text"])
def test_both_products_say_which_pictures_they_read(product: str) -> None:
    said = tomllib.loads((files("secondlook.hosting.catalog") / product / "product.toml").read_text())

    documents = ["application/pdf"] if product == "ppocr-text" else []
    assert said["content_types"] == [*FORMATS, *documents, "application/x-image"]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_no_part_of_a_picture_is_taken_for_all_of_it(refused: Refused) -> None:
    with pytest.raises(RequestError) as error:
        pixels(Request(refused.make()))

    assert error.value.status in {400, 413}


@pytest.mark.parametrize("body", [b"", b"not a picture", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused_naming_what_was_sent(body: bytes) -> None:
    with pytest.raises(RequestError) as error:
        pixels(Request(body, "image/jpeg"))

    assert error.value.status == 400
    assert f"{len(body)} bytes, image/jpeg, beginning with {body[:16]!r}" in str(error.value)


def test_a_picture_cut_short_is_refused() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    with pytest.raises(RequestError, match=r"The picture \(.* bytes, image/png, .*\) is damaged") as error:
        pixels(Request(saved(Image.fromarray(noise))[:3000], "image/png"))

    assert error.value.status == 400


@pytest.mark.parametrize("content_type", ["application/json", "text/csv", "image/svg+xml", "application/pdf"])
def test_another_content_type_is_refused_naming_those_served(content_type: str) -> None:
    with pytest.raises(RequestError, match="image/jpeg, image/png") as error:
        pixels(Request(b"{}", content_type))

    assert error.value.status == 415
    assert content_type in str(error.value)


def test_a_small_file_with_enormous_pictures_inside_is_refused_before_it_is_unpacked() -> None:
    bomb = saved(Image.new("1", (30_000, 30_000)))

    assert len(bomb) < 1_000_000
    with pytest.raises(
        RequestError, match="The picture has 30000 x 30000 pixels; at most 50,000,000"
    ) as error:
        pixels(Request(bomb, "image/png"))
    assert error.value.status == 413
