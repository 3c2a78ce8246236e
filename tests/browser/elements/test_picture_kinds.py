"""What the browser shows, the detector reads: each kind of picture in a real editor, and at a real endpoint.

The editor's screen is itself a picture: what is shown is sent to the same endpoint, which must find the same there.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect

from secondlook.hosting.runtimes.call import Request
from secondlook.hosting.runtimes.pictures import pixels
from tests.mirror import MIRROR
from tests.pictures.kinds import KINDS, ONLY_SHOWN, REFUSED, Kind, Refused
from tests.pictures.making import saved
from tests.running import Server

pytestmark = pytest.mark.browser

Editor = Callable[..., Any]
Open = Callable[..., Page]
Find = dict[str, Any]

EDITOR = """<crowd-form><crowd-bounding-box name="boxes" src="/picture.png" labels="['cup']"></crowd-bounding-box></crowd-form>"""

CUP = (169, 16, 246, 217)
"""Where the photograph shows a cup: left, top, width, height."""


class Detector:
    """An endpoint of the product fastestdet-coco."""

    def __init__(self, server: Server, name: str) -> None:
        self.name = name
        self.sagemaker = server.client("sagemaker")
        self.runtime = server.client("sagemaker-runtime")
        own = server.client("secondlook")
        package = own.subscribe(ProductId="fastestdet-coco", AcceptLicense=True)["ModelPackageArn"]
        self.sagemaker.create_model(
            ModelName=name,
            ExecutionRoleArn="arn:aws:iam::123456789012:role/r",
            PrimaryContainer={"ModelPackageName": package},
        )
        variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge"}
        self.sagemaker.create_endpoint_config(
            EndpointConfigName=name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
        )
        self.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
        self.sagemaker.get_waiter("endpoint_in_service").wait(
            EndpointName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )

    def find(self, body: bytes, content_type: str = "application/x-image") -> list[Find]:
        answer = self.runtime.invoke_endpoint(EndpointName=self.name, ContentType=content_type, Body=body)
        finds = json.loads(answer["Body"].read())
        assert isinstance(finds, list)
        return finds

    def end(self) -> None:
        with contextlib.suppress(ClientError):
            self.sagemaker.delete_endpoint(EndpointName=self.name)


@pytest.fixture(scope="module")
def detector(_sqlite_server: Server) -> Iterator[Detector]:
    pytest.importorskip("onnxruntime", reason="the extra secondlook[models] is not installed")
    if MIRROR is None:
        pytest.skip("the detector's artifact comes from a mirror: set SECONDLOOK_MIRROR")
    detector = Detector(_sqlite_server, "kinds-of-pictures")
    yield detector
    detector.end()


def pixels_of(body: bytes) -> Image.Image:
    return Image.fromarray(pixels(Request(body)))


def screen(editor: Any) -> Image.Image:
    """The picture as the editor shows it, at a pixel of the screen for each of its own."""
    editor.press("r")
    editor.page.mouse.move(0, 0)
    shown = editor.shown
    taken = editor.page.screenshot(clip={side: shown[side] for side in ("x", "y", "width", "height")})
    return Image.open(io.BytesIO(taken)).convert("RGB")


def difference(a: Image.Image, b: Image.Image) -> float:
    """Of two pictures of the same size: the mean over all pixels and colours, of 255."""
    assert a.size == b.size
    return sum(ImageStat.Stat(ImageChops.difference(a, b)).mean) / 3


def overlap(a: Find, b: Find) -> float:
    """Intersection over union; 0 for things of another kind."""
    width = min(a["right"], b["right"]) - max(a["left"], b["left"])
    height = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
    if a["id"] != b["id"] or width <= 0 or height <= 0:
        return 0.0
    areas = [(find["right"] - find["left"]) * (find["bottom"] - find["top"]) for find in (a, b)]
    return width * height / (sum(areas) - width * height)


def assert_same_finds(finds: list[Find], expected: list[Find]) -> None:
    """What either is fairly sure of is in both, in the same places."""
    assert finds
    for find in finds:
        if find["score"] >= 0.4:
            assert max(overlap(find, candidate) for candidate in expected) > 0.7, (find, expected)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.shown], ids=str)
def test_the_editor_shows_what_the_detector_reads(
    kind: Kind, boxes: Editor, site: Any, detector: Detector
) -> None:
    body = site.bodies["/picture.png"] = kind.make()
    read = pixels_of(body)

    editor = boxes()
    shown = screen(editor)
    left, top, width, height = CUP
    editor.drag((left, top), (left + width, top + height))

    assert editor.value["inputImageProperties"] == {"height": 400, "width": 600}
    assert editor.rects == [CUP]
    assert difference(shown, read) <= kind.off
    assert_same_finds(detector.find(body), detector.find(saved("PNG", shown)))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.shown], ids=str)
def test_where_the_browser_shows_nothing_the_editor_names_the_kind(
    kind: Kind, open_page: Open, site: Any, detector: Detector
) -> None:
    body = site.bodies["/picture.png"] = kind.make()
    plain = saved("PNG", pixels_of(body))

    page = open_page(EDITOR)

    assert_same_finds(detector.find(body), detector.find(plain))
    expect(page.get_by_role("alert")).to_contain_text(
        f"/picture.png is not a picture that this browser can show. Its format is {kind.family}."
    )


@pytest.mark.parametrize("kind", ONLY_SHOWN, ids=str)
def test_what_the_detector_does_not_read_it_refuses_by_name(
    kind: Kind, boxes: Editor, site: Any, detector: Detector
) -> None:
    body = site.bodies["/picture.png"] = kind.make()

    assert boxes().value["inputImageProperties"]["width"] > 0
    with pytest.raises(
        ClientError, match=r"client error \(400\).*The body is not a picture that can be read"
    ):
        detector.find(body)


@pytest.mark.parametrize("file", REFUSED, ids=str)
def test_what_is_no_whole_picture_is_refused_by_both(
    file: Refused, open_page: Open, site: Any, detector: Detector
) -> None:
    body = site.bodies["/picture.png"] = file.make()

    page = open_page(EDITOR)

    expect(page.get_by_role("alert")).to_contain_text(file.words)
    with pytest.raises(ClientError, match=r"client error \(4\d\d\)"):
        detector.find(body)
