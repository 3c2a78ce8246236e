from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from secondlook.hosting.catalog import BUILT_IN, Catalog, CatalogError, Product

SEED_ARN = (
    "arn:aws:sagemaker:us-east-1:865070037744:model-package/"
    "gluoncv-ssd-resnet501547760463-0f9e6796d2438a1d64bb9b15aac57bc0"
)


def one(id_: str) -> Product:
    product = Catalog().by_id(id_)
    assert product is not None
    return product


def test_two_products_come_with_the_package() -> None:
    assert [product.id for product in Catalog().products()] == ["fastestdet-coco", "ppocr-text"]


def test_the_seed_notebooks_own_arn_means_the_detector() -> None:
    assert Catalog().by_arn(SEED_ARN) == one("fastestdet-coco")


def test_the_detector_is_the_published_file() -> None:
    artifact = one("fastestdet-coco").artifact

    assert artifact is not None
    assert artifact.url == (
        "https://raw.githubusercontent.com/dog-qiuqiu/FastestDet/50473cd155cb088aa4a99e64ff6a4b3c24fa07e1"
        "/example/onnx-runtime/FastestDet.onnx"
    )
    assert artifact.sha256 == "31cb14c017fce347cb4c846ec62fdf00d76bb3beecdf4be21e7116ac67feb880"
    assert artifact.size == 998_169


def test_the_detector_has_a_floor_and_the_80_labels_of_coco() -> None:
    environment = one("fastestdet-coco").environment

    assert environment["SCORE_FLOOR"] == "0.25"
    assert len(set(environment["LABELS"].split(","))) == 80


@pytest.mark.parametrize("product", Catalog().products(), ids=lambda product: product.id)
def test_a_listing_says_all_that_a_buyer_asks(product: Product) -> None:
    assert "ml.m4.xlarge" in product.instance_types
    assert "image/jpeg" in product.content_types
    assert re.fullmatch(
        r"arn:aws:sagemaker:eu-west-1:\d{12}:model-package/[a-z0-9-]+-[0-9a-f]{32}", product.arn("eu-west-1")
    )
    assert re.fullmatch(r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", product.product_id)
    assert all(len(value) <= 1024 for value in product.environment.values())
    for text in ("title", "summary", "usage", "inputs", "outputs", "sample_input", "price", "license_name"):
        assert getattr(product, text), text
    assert len(product.license_text) > 1000
    assert find_spec(f"secondlook.hosting.runtimes.{product.runtime}") is not None


@pytest.mark.parametrize(
    "arn",
    [
        SEED_ARN.replace("865070037744", "123456789012"),
        SEED_ARN.replace("model-package", "model"),
        SEED_ARN + "x",
        "fastestdet-coco",
        "",
    ],
)
def test_an_arn_of_something_else_means_no_product(arn: str) -> None:
    assert Catalog().by_arn(arn) is None


def test_an_installation_adds_products_of_its_own_with_a_model_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "spam-filter"
    write_product(folder)
    (folder / "model").mkdir()

    product = Catalog([BUILT_IN, tmp_path]).by_id("spam-filter")

    assert product is not None
    assert product.model_dir == folder / "model"
    assert product.artifact is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("[license]", "[licence]"), "has no 'license'"),
        (('name = "spam-1"', 'name = "spam_1"'), "'spam_1' is no model package name"),
        (('price = "Free"', 'prize = "Free"'), "prize"),
        (('price = "Free"', "price ="), "product.toml: Invalid value"),
        (('file = "LICENSE.txt"', 'file = "EULA.txt"'), "EULA.txt"),
    ],
)
def test_a_product_that_cannot_be_read_is_named(tmp_path: Path, change: tuple[str, str], why: str) -> None:
    write_product(tmp_path / "spam-filter", *change)

    with pytest.raises(CatalogError, match=re.escape(why)) as refusal:
        Catalog([tmp_path])
    assert "spam-filter" in str(refusal.value)


def test_two_products_cannot_share_a_name(tmp_path: Path) -> None:
    write_product(tmp_path / "a")
    write_product(tmp_path / "b")

    with pytest.raises(CatalogError, match="a and b both say they are spam-1"):
        Catalog([tmp_path])


def write_product(folder: Path, old: str = "", new: str = "") -> None:
    folder.mkdir()
    (folder / "LICENSE.txt").write_text("Do as you like.")
    (folder / "product.toml").write_text(PRODUCT.replace(old, new) if old else PRODUCT)


PRODUCT = """
name = "spam-1"
seller = "123456789012"
product_id = "prod-spam"
aliases = []
published = 2026-11-01T00:00:00Z
title = "Spam filter"
summary = "Tells spam from ham."
highlights = ["Small"]
usage = "Send text."
inputs = "Text"
outputs = "JSON"
sample_input = "A mail"
price = "Free"
content_types = ["text/plain"]
response_types = ["application/json"]
instance_types = ["ml.m4.xlarge"]

[license]
name = "MIT-0"
file = "LICENSE.txt"

[runtime]
name = "inference_script"
"""
