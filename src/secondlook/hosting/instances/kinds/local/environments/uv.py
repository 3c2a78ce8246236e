"""uv: where it is, what it is told, and what of its words may be repeated.

It is configured by the variables of its own that whoever starts the server sets [https://docs.astral.sh/uv/reference/environment/]; its
configuration files are not read, so that nothing counts that nobody named.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from secondlook.hosting.errors import NotPrepared

PASSED = re.compile(
    r"UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|OFFLINE|INDEX_STRATEGY|EXCLUDE_NEWER"
    r"|INDEX_\w+_(USERNAME|PASSWORD)|KEYRING_PROVIDER|INSECURE_HOST|HTTP_TIMEOUT|HTTP_RETRIES|NATIVE_TLS|SYSTEM_CERTS"
    r"|CONCURRENT_DOWNLOADS|TORCH_BACKEND)"
    r"|SSL_CERT_FILE|SSL_CERT_DIR|SSL_CLIENT_CERT|NETRC"
    r"|(https?|all|no)_proxy|(HTTPS?|ALL|NO)_PROXY"
)
"""Variables of the server's environment that uv gets. Those that would let it build, or fetch a Python, are none of them."""

_SECRET = re.compile(r"UV_INDEX_\w+_(USERNAME|PASSWORD)")
_WITH_URLS = re.compile(
    r"UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS)|.*_proxy", re.IGNORECASE
)
_LEAST = 4
"""Characters of a secret that is looked for in texts: less would be found in every word. Where URLs have one it is seen all the same."""

_ANY_USER = re.compile(r"(?<=://)[^/\s@]+(?=@)")


def find() -> str:
    """The command. Raises NotPrepared where there is none."""
    try:
        from uv import find_uv_bin  # noqa: PLC0415  (an extra of this package)

        return find_uv_bin()
    except (ImportError, FileNotFoundError):
        if found := shutil.which("uv"):
            return found
    raise NotPrepared(
        "the model has a requirements.txt, and uv, which installs it, is not here: "
        "install it with `pip install 'secondlook[models]'`, or put `uv` on the PATH of the server"
    )


def environment(cache: Path, home: Path, variables: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Built from nothing but what is passed by name."""
    passed = {name: value for name, value in variables.items() if PASSED.fullmatch(name)}
    return {
        **passed,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "NO_COLOR": "1",
        "UV_CACHE_DIR": str(cache),
        "UV_LINK_MODE": "hardlink",
        "UV_NO_BUILD": "1",
        "UV_NO_CONFIG": "1",
        "UV_NO_PROGRESS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def secrets(variables: Mapping[str, str] = os.environ) -> list[str]:
    """What the variables hold that nobody may read in a log, the longest first."""
    found = {value for name, value in variables.items() if _SECRET.fullmatch(name)}
    for name, value in variables.items():
        if _WITH_URLS.fullmatch(name):
            for url in re.split(r"[\s,]+", value):
                found.update(_of_url(url[url.find("http") :]))
    return sorted((secret for secret in found if len(secret) >= _LEAST), key=len, reverse=True)


def redacted(text: str, secrets: Iterable[str], paths: Mapping[str, str]) -> str:
    """Without secrets and users of URLs, and with `paths` of this machine under the names that others may know them by."""
    for secret in secrets:
        text = text.replace(secret, "****")
    for path, name in paths.items():
        text = text.replace(path, name)
    return _ANY_USER.sub("****", text)


def _of_url(url: str) -> Iterable[str]:
    """User and password of a URL, as it has them and as they are meant; a user alone is a token."""
    user = urlsplit(url).netloc.rpartition("@")[0]
    name, has_password, password = user.partition(":")
    secret = password if has_password else name
    return secret, unquote(secret), user
