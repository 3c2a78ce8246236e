"""What can be held of examples that a test does not run, or that hide it when they fail."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
TERRAFORM = (EXAMPLES / "main.tf").read_text()


def test_no_cell_of_the_notebook_hides_its_failure() -> None:
    """IPython's %%time shows an exception and goes on."""
    notebook = json.loads((EXAMPLES / "a2i-with-marketplace-models.ipynb").read_text())
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]

    assert [] == [source for source in sources if source.startswith("%%")]
    assert any("--mirror" in source for source in sources)


def test_answers_go_to_a_bucket_that_the_same_file_makes() -> None:
    (bucket,) = re.findall(r's3_output_path = "s3://\$\{(\w+\.\w+)\.bucket\}', TERRAFORM)

    assert 'resource "{}" "{}"'.format(*bucket.split(".")) in TERRAFORM


def test_the_provider_reaches_the_tags_of_buckets_as_the_documentation_says() -> None:
    """docs/behaviour.md: the account must be known, and the account stands before the host."""
    (url,) = re.findall(r'default += "(http\S+)"', TERRAFORM)

    assert "skip_requesting_account_id" not in TERRAFORM
    assert re.search(r"s3control += var\.url", TERRAFORM)
    with pytest.raises(ValueError, match="does not appear to be"):
        ipaddress.ip_address(urlsplit(url).hostname or "")
