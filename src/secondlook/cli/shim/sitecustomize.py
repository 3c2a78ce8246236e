# ruff: noqa: INP001, ANN001, ANN201, ANN202, ANN204, PTH100, PTH120  (a folder for PYTHONPATH, no package; and see below)
# mypy: ignore-errors
"""Sends the SageMaker SDK's calls of STS to the server that AWS_ENDPOINT_URL names.

`secondlook exec` puts this folder on PYTHONPATH, so every Python below it imports this module at start, whatever its
version and whatever is installed: it uses the standard library only, is plain enough for an old Python, imports little
(annotations would need more), and changes nothing until the SDK is imported.

The SDK (2.x and 3.x) makes its STS client with the URL `https://sts.<region>.amazonaws.com` written out, so neither
AWS_ENDPOINT_URL nor AWS_ENDPOINT_URL_STS redirects it, and `get_execution_role()`, `default_bucket()` and
`account_id()` would ask the real AWS. The URL comes from one function; that function is replaced in each module that
defines it, as soon as the module has run.
"""

import importlib.machinery
import importlib.util
import os
import sys

DEFINED_IN = frozenset(
    (
        "sagemaker.utils",  # 2.x
        "sagemaker_core.helper.session_helper",  # what later 2.x bring along
        "sagemaker.core.common_utils",  # 3.x
        "sagemaker.core.helper.session_helper",  # 3.x
    )
)
FUNCTION = "sts_regional_endpoint"


def redirect(module):
    """Replace the function in a module that has it."""
    original = getattr(module, FUNCTION, None)
    if original is None:
        return

    def sts_regional_endpoint(region):
        local = os.environ.get("AWS_ENDPOINT_URL_STS") or os.environ.get("AWS_ENDPOINT_URL")
        return local or original(region)

    setattr(module, FUNCTION, sts_regional_endpoint)


class Then:
    """A module's own loader, and `redirect` after it."""

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        redirect(module)


class Finder:
    """Finds what everybody else finds, for the modules of DEFINED_IN only."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in DEFINED_IN:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(fullname, path, target) if find and finder is not self else None
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = Then(spec.loader)
                return spec
        return None


def next_sitecustomize():
    """Run the sitecustomize that this one hides, if there is one."""
    here = os.path.dirname(os.path.abspath(__file__))
    further = [place for place in sys.path if os.path.abspath(place or os.curdir) != here]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", further)
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


sys.meta_path.insert(0, Finder())
next_sitecustomize()
