from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from secondlook.hosting.catalog import BUILT_IN, Catalog, CatalogError, Product, read_product

SEED_ARN = (
    "arn:aws:sagemaker:us-east-1:865070037744:model-package/"
    "gluoncv-ssd-resnet501547760463-0f9e6796d2438a1d64bb9b15aac57bc0"
)


def product(id_: str) -> Product:
    product = Catalog().by_id(id_)
    assert product is not None
    return product


def test_four_products_come_with_the_package() -> None:
    assert [product.id for product in Catalog().products()] == [
        "fastestdet-coco",
        "langid-text",
        "ppocr-text",
        "silero-speech",
    ]


def test_the_seed_notebooks_own_arn_means_the_detector() -> None:
    assert Catalog().by_arn(SEED_ARN) == product("fastestdet-coco")


def test_the_detector_is_the_published_file() -> None:
    artifact = product("fastestdet-coco").artifact

    assert artifact is not None
    assert artifact.url == (
        "https://raw.githubusercontent.com/dog-qiuqiu/FastestDet/50473cd155cb088aa4a99e64ff6a4b3c24fa07e1"
        "/example/onnx-runtime/FastestDet.onnx"
    )
    assert artifact.sha256 == "31cb14c017fce347cb4c846ec62fdf00d76bb3beecdf4be21e7116ac67feb880"
    assert artifact.size == 998_169


def test_the_detector_has_a_floor_and_the_80_labels_of_coco() -> None:
    environment = product("fastestdet-coco").environment

    assert environment["SCORE_FLOOR"] == "0.25"
    assert len(set(environment["LABELS"].split(","))) == 80


@pytest.mark.parametrize("product", Catalog().products(), ids=lambda product: product.id)
def test_a_listing_says_all_that_a_buyer_asks(product: Product) -> None:
    assert "ml.m4.xlarge" in product.instance_types
    assert product.content_types
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
        (
            ("[license]", "[licence]"),
            "licence is no member of a product (license is meant, perhaps); there is no table [license]",
        ),
        (
            ('name = "spam-1"', 'name = "spam_1"'),
            "name must be letters, digits and inner hyphens, up to 63, not 'spam_1'",
        ),
        (
            ('price = "Free"', 'prize = "Free"'),
            "there is no price (a text); prize is no member of a product (price is meant, perhaps)",
        ),
        (('price = "Free"', "price = 5"), "price must be a text, not 5"),
        (('price = "Free"', "price ="), "product.toml is no TOML: Invalid value"),
        (('file = "LICENSE.txt"', 'file = "EULA.txt"'), "spam-filter/EULA.txt cannot be read: No such file"),
        (
            ('file = "LICENSE.txt"', 'file = "../EULA.txt"'),
            "license.file must be the name of a file beside product.toml",
        ),
        (
            ('name = "inference_script"', 'name = "script"'),
            "runtime.name must be one of inference_script, kserve_v2, onnx_detection",
        ),
        (("2026-11-01T00:00:00Z", "2026-11-01T00:00:00"), "published must be a time with its zone"),
        (
            ('highlights = ["Small"]', 'highlights = "Small"'),
            "highlights must be a list of texts, not 'Small'",
        ),
        (('"123456789012"', "123456789012"), "seller must be 12 digits in quotes, not 123456789012"),
        (
            ("[runtime]", '[artifact]\nurl = "x"\n[runtime]'),
            "artifact.url must be an http or https URL, not 'x'; there is no artifact.sha256",
        ),
        (
            ("[runtime]", "[environment]\nA = [1]\n[runtime]"),
            "environment.A must be a text or a number, not [1]",
        ),
        (
            ('name = "inference_script"', 'name = "remote"'),
            "there is no runtime.url, which says where the server is",
        ),
        (
            ('name = "inference_script"', 'name = "remote"\nurl = "https://models.example/x?key=1"'),
            "runtime.url must be an http or https URL without a query, not 'https://models.example/x?key=1'",
        ),
        (
            (
                'name = "inference_script"',
                'name = "remote"\nurl = "https://models.example"\n[environment]\nA = 1',
            ),
            "environment is for a model that runs here, and the runtime is remote",
        ),
        (
            ('name = "inference_script"', 'name = "inference_script"\nurl = "https://models.example"'),
            "runtime.url is for the runtimes remote, kserve_v2, openai_chat only",
        ),
        (
            ('name = "inference_script"', 'name = "kserve_v2"'),
            "there is no runtime.url, which says where the server is",
        ),
        (
            (
                'name = "inference_script"',
                'name = "openai_chat"\nurl = "https://models.example"\ntoken_file = "token"',
            ),
            "runtime.token_file must be the absolute path of a file on the server, not 'token'",
        ),
        (
            (
                'name = "inference_script"',
                'name = "remote"\nurl = "https://models.example"\ntoken_file = "/token"',
            ),
            "runtime.token_file is for the runtimes kserve_v2, openai_chat only",
        ),
        (
            ('name = "inference_script"', 'name = "inference_script"\ninstances = "kubernetes"'),
            "runtime.instances must be local or ray, not 'kubernetes'",
        ),
        (
            (
                'name = "inference_script"',
                'name = "remote"\nurl = "https://models.example"\ninstances = "ray"',
            ),
            "runtime.instances is for models that secondlook starts, and the runtime is remote",
        ),
    ],
)
def test_all_that_is_wrong_with_a_product_is_named(tmp_path: Path, change: tuple[str, str], why: str) -> None:
    write_product(tmp_path / "spam-filter", *change)

    with pytest.raises(CatalogError, match=re.escape(why)) as error:
        read_product(tmp_path / "spam-filter")
    assert str(error.value).startswith("spam-filter/")
    assert str(tmp_path) not in str(error.value)


def test_files_on_this_server_are_not_for_instances_that_run_on_ray(tmp_path: Path) -> None:
    product = tmp_path / "spam-filter"
    write_product(product, 'name = "inference_script"', 'name = "inference_script"\ninstances = "ray"')
    assert read_product(product).instances == "ray"

    (product / "model").mkdir()

    with pytest.raises(CatalogError, match=r"spam-filter/model lies on this server only.* as a .tar.gz"):
        read_product(product)


def test_a_folder_that_is_no_product_is_skipped_and_the_others_are_served(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_product(tmp_path / "good")
    write_product(tmp_path / "bad", 'name = "spam-1"', "")
    (tmp_path / "empty").mkdir()
    catalog = Catalog([BUILT_IN, tmp_path])

    assert "good" in [product.id for product in catalog.products()]
    assert {"bad", "empty"} == set(catalog.skipped())
    assert "empty/product.toml cannot be read: No such file or directory" == catalog.skipped()["empty"]
    assert 2 == len(caplog.messages)
    assert "the catalog skips a product: bad/product.toml: there is no name" in caplog.text


@pytest.mark.parametrize("name", ["product.toml", "LICENSE.txt"])
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_not_read(tmp_path: Path, name: str, make: Callable[[Path], None]) -> None:
    """A pipe would hold up whoever asks for the products until somebody writes into it."""
    write_product(tmp_path / "spam")
    (tmp_path / "spam" / name).unlink()
    make(tmp_path / "spam" / name)

    assert {"spam": f"spam/{name} must be a regular file"} == Catalog([tmp_path]).skipped()


def test_of_two_products_with_one_name_the_first_is_served(tmp_path: Path) -> None:
    write_product(tmp_path / "a")
    write_product(tmp_path / "b")
    write_product(tmp_path / "ppocr-text", "spam-1", "spam-2")
    catalog = Catalog([BUILT_IN, tmp_path])

    assert catalog.by_name("spam-1") == catalog.by_id("a")
    assert "b/product.toml: the product a is called spam-1 already" == catalog.skipped()["b"]
    assert "another product is called so already" in catalog.skipped()["ppocr-text"]


def test_what_is_added_changed_or_taken_away_is_seen_at_the_next_look(tmp_path: Path) -> None:
    catalog, folder = Catalog([tmp_path / "catalog"]), tmp_path / "catalog" / "spam"
    assert [] == catalog.products()

    (tmp_path / "catalog").mkdir()
    write_product(folder)
    assert "Free" == catalog.by_id("spam").price  # type: ignore[union-attr]

    (folder / "product.toml").write_text(PRODUCT.replace('"Free"', '"Dear"'))
    assert "Dear" == catalog.by_id("spam").price  # type: ignore[union-attr]

    (folder / "LICENSE.txt").unlink()
    assert catalog.by_id("spam") is None
    assert "spam/LICENSE.txt cannot be read" in catalog.skipped()["spam"]

    shutil.rmtree(folder)
    assert {} == catalog.skipped()


def test_a_product_under_way_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".spam").mkdir()

    assert {} == Catalog([tmp_path]).skipped()


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
