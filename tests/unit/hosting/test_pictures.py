from __future__ import annotations

import io

import pytest

np = pytest.importorskip("numpy", reason="the extra secondlook[models] is not installed")
Image = pytest.importorskip("PIL.Image", reason="the extra secondlook[models] is not installed")

from secondlook.hosting.runtimes.call import Refusal, Request  # noqa: E402
from secondlook.hosting.runtimes.pictures import pixels  # noqa: E402


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
        ("image/bmp", "BMP"),
        ("image/gif", "GIF"),
        ("image/tiff", "TIFF"),
        ("application/x-image", "PNG"),
        ("", "PNG"),
        ("IMAGE/PNG; q=1", "PNG"),
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


def test_a_palette_is_looked_up() -> None:
    picture = Image.new("RGB", (4, 4), (200, 30, 60)).convert("P", palette=Image.Palette.ADAPTIVE)

    assert pixels(Request(saved(picture)))[0, 0].tolist() == pytest.approx([200, 30, 60], abs=4)


def test_a_cmyk_jpeg_is_read() -> None:
    assert pixels(Request(saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")))[
        4, 4
    ].tolist() == pytest.approx([254, 0, 0], abs=6)


def test_exif_orientation_is_ignored() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees

    assert pixels(Request(saved(Image.new("RGB", (30, 20)), "JPEG", exif=exif))).shape == (20, 30, 3)


@pytest.mark.parametrize("body", [b"", b"not a picture", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused_naming_what_was_sent(body: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        pixels(Request(body, "image/jpeg"))

    assert refusal.value.status == 400
    assert f"{len(body)} bytes, image/jpeg, beginning with {body[:16]!r}" in str(refusal.value)


def test_a_picture_cut_short_is_refused() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    with pytest.raises(Refusal, match=r"The picture \(.* bytes, image/png, .*\) is damaged") as refusal:
        pixels(Request(saved(Image.fromarray(noise))[:3000], "image/png"))

    assert refusal.value.status == 400


@pytest.mark.parametrize("content_type", ["application/json", "text/csv", "image/svg+xml", "application/pdf"])
def test_another_content_type_is_refused_naming_those_served(content_type: str) -> None:
    with pytest.raises(Refusal, match="image/jpeg, image/png") as refusal:
        pixels(Request(b"{}", content_type))

    assert refusal.value.status == 415
    assert content_type in str(refusal.value)


def test_a_small_file_with_enormous_pictures_inside_is_refused_before_it_is_unpacked() -> None:
    bomb = saved(Image.new("1", (30_000, 30_000)))

    assert len(bomb) < 1_000_000
    with pytest.raises(Refusal, match="The picture has 30000 x 30000 pixels; at most 50,000,000") as refusal:
        pixels(Request(bomb, "image/png"))
    assert refusal.value.status == 413
