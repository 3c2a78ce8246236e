"""The certificate of the TLS port: that of the settings, or a self-signed one made at first start and renewed before it lapses."""

from __future__ import annotations

import ipaddress
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from secondlook.settings import SettingError, Settings, checks

LIFE = timedelta(days=397)
"""Browsers accept no server certificate that is valid for longer."""

RENEW = timedelta(days=30)


def certificate(settings: Settings, now: datetime) -> tuple[Path, Path]:
    """The files of the certificate and its key."""
    if settings.tls_cert is not None and settings.tls_key is not None:
        return settings.tls_cert, settings.tls_key
    cert, key = settings.data / "tls" / "certificate.pem", settings.data / "tls" / "key.pem"
    names = _names(settings)
    if not (cert.exists() and key.exists() and _still_good(cert, key, names, now)):
        _make(cert, key, names, now)
    return cert, key


def _names(settings: Settings) -> list[str]:
    configured = [settings.subdomain.rsplit(":", 1)[0].strip("[]"), settings.host, *settings.allowed_hosts]
    names = dict.fromkeys(["localhost", "127.0.0.1", "::1", socket.gethostname(), *configured])
    return [name for name in names if name not in {"0.0.0.0", "::"}]  # noqa: S104  (compared, not bound)


def _still_good(cert: Path, key: Path, names: list[str], now: datetime) -> bool:
    """SettingError for files that the server did not write so: they may have been put there by somebody, for a reason."""
    try:
        checks.certificate_pair(cert, key)
        loaded = x509.load_pem_x509_certificate(cert.read_bytes())
        alternative = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound) as error:
        raise SettingError(
            f"The certificate made at the first start {error}. Remove {cert.parent}: the next start makes another."
        ) from error
    covered = {*alternative.get_values_for_type(x509.DNSName)}
    covered |= {str(address) for address in alternative.get_values_for_type(x509.IPAddress)}
    return loaded.not_valid_after_utc - RENEW > now and covered.issuperset(names)


def _make(cert: Path, key: Path, names: list[str], now: datetime) -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "secondlook (self-signed)")])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    cert.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key, private)
    _write(cert, built.public_bytes(serialization.Encoding.PEM))


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(content)
    fresh.replace(path)
