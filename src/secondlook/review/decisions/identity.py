"""Who says who a worker is: the issuer of an identity, as output.json names it. Pure [output-data.md]."""

from __future__ import annotations

import re
from dataclasses import dataclass

OURSELVES = ""
"""The issuer that stands for this server, whose URL may change."""

_COGNITO = re.compile(r"https://cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[^/]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an issuer calls a worker. `issuer` is a URL, or `OURSELVES`."""

    issuer: str
    subject: str

    def data(self, own_issuer: str) -> dict[str, str]:
        """`identityData`. Our own sign-in stands where Cognito's does, so consumers find the word that they know."""
        is_cognito = self.issuer == OURSELVES or _COGNITO.fullmatch(self.issuer) is not None
        return {
            "identityProviderType": "Cognito" if is_cognito else "Oidc",
            "issuer": self.issuer or own_issuer,
            "sub": self.subject,
        }
