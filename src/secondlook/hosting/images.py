"""Images: which runtime stands in for a container image. No image is ever pulled; its name says what it would have run.

The first that fits counts: the mappings of the setting `image`, our own names (`secondlook/RUNTIME`), then AWS's images that run a
model's script, known by their repository in whichever account and Region, as AWS has them in dozens and teams copy them into
their own [decision 47].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from secondlook.hosting.catalog.members import REMOTE, TRANSLATING, runtimes
from secondlook.hosting.container import Container
from secondlook.hosting.errors import Invalid
from secondlook.hosting.model_data import Hosts, of_archive, of_definition

SCRIPT = "inference_script"
"""The runtime of SageMaker's inference toolkit: the model brings `inference.py`."""

OWN = "secondlook/"

REPOSITORIES = (
    "sagemaker-inference",
    "sagemaker-scikit-learn",
    "sagemaker-xgboost",
    "sagemaker-pytorch",
    "sagemaker-mxnet",
    "sagemaker-mxnet-serving",
    "sagemaker-tensorflow-serving",
    "pytorch-inference",
    "mxnet-inference",
    "tensorflow-inference",
    "huggingface-pytorch-inference",
    "huggingface-tensorflow-inference",
)
"""Repositories of AWS's images that run a model's script."""

SUBMIT_DIRECTORY = "SAGEMAKER_SUBMIT_DIRECTORY"
IN_MODEL = "/opt/ml/model/code"
"""What SageMaker's SDK calls the folder `code` of a model's directory."""

_ECR = re.compile(
    r"[0-9]{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/"
    r"(?P<repository>[a-z0-9][a-z0-9._/-]*?)(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?"
)

_LOADS_CODE = re.compile(
    r"SECONDLOOK_.*|LD_.*|DYLD_.*|PYTHON.*|OPENSSL_.*|PATH|HOME|TMPDIR|BASH_ENV|ENV|GCONV_PATH|LOCPATH|NLSPATH|GLIBC_TUNABLES",
    re.DOTALL,
)

_NOT_SERVED = (
    "AdditionalModelDataSources",
    "AdditionalS3DataSource",
    "MultiModelConfig",
    "InferenceSpecificationName",
)
"""Members of a definition that would change what runs and are not served."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What an image stands for: a runtime, or a URL where somebody else runs it."""

    runtime: str
    url: str | None = None


class Images:
    """`mappings` are `PATTERN=RUNTIME` or `PATTERN=URL`, with `*` and `?` in the pattern. Raises ValueError for other runtimes.

    `hosts` tell which `https://` URLs mean this server's object store.
    """

    def __init__(self, mappings: Iterable[str] = (), hosts: Hosts | None = None) -> None:
        self._mappings = tuple(map(_mapping, mappings))
        self._hosts = hosts

    def container(self, definition: Mapping[str, Any]) -> Container:
        """What runs a container definition {Image, ModelDataUrl | ModelDataSource, Environment, …}.

        Raises Invalid: no image, one that nothing stands in for, members that are not served, data that lie elsewhere.
        """
        check_members(definition)
        image = definition.get("Image")
        if not image:
            raise Invalid("A container needs Image or ModelPackageName.")
        mapped = self._mapped(image)
        data = of_definition(definition, self._hosts)
        container = Container(
            product="",
            image=image,
            runtime=mapped.runtime,
            environment={},
            url=mapped.url,
            model_data=data if mapped.url is None else None,
            confined=mapped.url is None,
        )
        return self.with_environment(container, definition.get("Environment") or {})

    def with_environment(self, container: Container, variables: Mapping[str, str]) -> Container:
        """The container with these variables over its own. Raises Invalid.

        For one that brings its own files, SAGEMAKER_SUBMIT_DIRECTORY may name a `sourcedir.tar.gz` in the object store: that is its
        source then, and the variable says where the model finds it.
        """
        _check_environment(variables)
        environment = {**container.environment, **variables}
        source, submit = container.source, variables.get(SUBMIT_DIRECTORY)
        if container.confined and submit is not None:
            source = of_archive(submit, self._hosts) if "://" in submit else None
        if source is not None:
            environment[SUBMIT_DIRECTORY] = IN_MODEL
        return replace(container, environment=environment, source=source)

    def _mapped(self, image: str) -> Mapped:
        for pattern, mapped in self._mappings:
            if fnmatchcase(image, pattern):
                return mapped
        runtime = image.removeprefix(OWN).partition(":")[0] if image.startswith(OWN) else ""
        if runtime in _stand_ins():
            return Mapped(runtime)
        ecr = _ECR.fullmatch(image)
        if ecr and ecr["repository"] in REPOSITORIES:
            return Mapped(SCRIPT)
        raise Invalid(
            f"No runtime stands in for the image {image}: this server runs no containers, but models with an inference script in "
            "place of AWS's scikit-learn, XGBoost, PyTorch, TensorFlow, MXNet and Hugging Face images, and what the setting image "
            "maps (--image 'PATTERN=RUNTIME' or 'PATTERN=URL', SECONDLOOK_IMAGE); docs/hosting.md has the table of images."
        )


def check_members(definition: Mapping[str, Any]) -> None:
    """Refuse members of a container definition that are not served, by name. Raises Invalid."""
    if definition.get("Mode", "SingleModel") != "SingleModel":
        raise Invalid(
            f"Mode {definition['Mode']} is not served here: make one model of each archive (SingleModel)."
        )
    if definition.get("ImageConfig", {}).get("RepositoryAccessMode", "Platform") != "Platform":
        raise Invalid(
            "ImageConfig with RepositoryAccessMode Vpc is not served here: no image is pulled; leave it out."
        )
    for member in _NOT_SERVED:
        if definition.get(member):
            raise Invalid(f"{member} of a container is not served here: leave it out.")


def _stand_ins() -> list[str]:
    """The runtimes that can stand in for an image: those that need no more than a model's files."""
    return [name for name in runtimes() if name not in {REMOTE, *TRANSLATING}]


def _mapping(text: str) -> tuple[str, Mapped]:
    pattern, _, target = text.partition("=")
    if target.startswith(("http://", "https://")):
        return pattern, Mapped(REMOTE, target)
    if target not in _stand_ins():
        raise ValueError(
            f"maps {pattern} to {target!r}, which is no runtime: it is one of {', '.join(_stand_ins())}, or a URL"
        )
    return pattern, Mapped(target)


def _check_environment(variables: Mapping[str, str]) -> None:
    """Refuse variables that would have a model's process load other code than its package's or its archive's. Raises Invalid.

    They count before the process is confined, and whoever makes a model need not be an admin.
    """
    for name in variables:
        if _LOADS_CODE.fullmatch(name):
            raise Invalid(
                f"The Environment of a model cannot set {name}: it decides which code or configuration a process loads, "
                "and that is the package's to say."
            )
