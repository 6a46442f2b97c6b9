"""Certificates of agencies (X.509, RFC 5280): made by a small authority of our own.

For demo, tests and installations without an authority. A leaf names its agency in a
URI, is for one use, and is on P-256: verifiers of X.509 refuse Ed25519.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from models.errors import InvalidInput
from vault.signing import SigningKey, new_signing_key

_PLAIN = re.compile(r"[A-Za-z0-9-]{1,64}")
_URI = "urn:estafette:agency:"
# RFC 9336: signing what people and courts will read. None of TLS accepts it.
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")


class Use(StrEnum):
    """What a certificate is for; one is never taken for another."""

    SIGNING = "signing"
    CLIENT = "client"
    SERVER = "server"


PURPOSES = {
    Use.SIGNING: _DOCUMENT_SIGNING,
    Use.CLIENT: ExtendedKeyUsageOID.CLIENT_AUTH,
    Use.SERVER: ExtendedKeyUsageOID.SERVER_AUTH,
}


@dataclass(frozen=True)
class Validity:
    """From when until when, both aware."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Leaf:
    """What an agency asks a certificate for; `hosts` are names of its server."""

    agency: str
    use: Use
    public_key: bytes
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authority:
    """A certification authority: its certificate (DER) and the key behind it."""

    certificate: bytes
    key: SigningKey = field(repr=False)

    @classmethod
    def create(cls, name: str, validity: Validity) -> Authority:
        """Make an authority that signs for itself and certifies leaves only."""
        key = new_signing_key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _started(subject, subject, key.public_key(), validity)
        made = (
            builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
            .add_extension(_usage(certifies=True), critical=True)
            .sign(key, SHA256())
        )
        return cls(made.public_bytes(Encoding.DER), key)

    def issue(self, leaf: Leaf, validity: Validity) -> bytes:
        """Certify an agency's key for one use; return the certificate in DER.

        Raises:
            InvalidInput: no key on P-256, or a name that no URI can hold.
        """
        issuer = x509.load_der_x509_certificate(self.certificate)
        public, names = _public_key(leaf.public_key), _names(leaf)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, leaf.agency)])
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = (
            _started(subject, issuer.subject, public, validity)
            .add_extension(own, critical=False)
            .add_extension(names, critical=False)
            .add_extension(x509.BasicConstraints(False, None), critical=True)
            .add_extension(_usage(certifies=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([PURPOSES[leaf.use]]), critical=False)
            .sign(self.key, SHA256())
        )
        return made.public_bytes(Encoding.DER)

    def revoke(self, revoked: Mapping[int, datetime], validity: Validity) -> bytes:
        """Return the list of revoked serial numbers, each with its instant, in DER.

        A list is believed until it ends: issue the next one before.
        """
        issuer = x509.load_der_x509_certificate(self.certificate)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.subject)
            .last_update(validity.starts)
            .next_update(validity.ends)
        )
        for serial, at in sorted(revoked.items()):
            entry = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(entry.revocation_date(at).build())
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)


def request(agency: str, key: SigningKey) -> bytes:
    """Return what an agency hands to its authority: PKCS#10 (RFC 2986), in PEM.

    Raises:
        InvalidInput: the agency's id cannot be named in a certificate.
    """
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, agency)])
    uri = x509.UniformResourceIdentifier(agency_uri(agency))
    use = x509.ExtendedKeyUsage([PURPOSES[Use.SIGNING]])
    made = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject)
        .add_extension(x509.SubjectAlternativeName([uri]), critical=False)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(use, critical=False)
        .sign(key, SHA256())
    )
    return made.public_bytes(Encoding.PEM)


def agency_uri(agency: str) -> str:
    """Return the URI that stands for an agency in a certificate.

    Raises:
        InvalidInput: the id is not letters, digits and hyphens, 64 at most.
    """
    if not _PLAIN.fullmatch(agency):
        raise InvalidInput(f"`{agency}` cannot be named in a certificate")
    return _URI + agency


def agency_in(uri: str) -> str | None:
    """Return the agency that a URI stands for; None for any other URI."""
    named = uri.removeprefix(_URI)
    return named if uri == _URI + named and _PLAIN.fullmatch(named) else None


@lru_cache(maxsize=1024)
def start_of(certificate: bytes) -> datetime:
    """Return from when on a certificate holds.

    Raises:
        InvalidInput: it is no certificate.
    """
    try:
        return x509.load_der_x509_certificate(certificate).not_valid_before_utc
    except ValueError as error:
        raise InvalidInput("certificate is not readable") from error


def _started(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    validity: Validity,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity.starts)
        .not_valid_after(validity.ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _names(leaf: Leaf) -> x509.SubjectAlternativeName:
    names: list[x509.GeneralName] = [
        x509.UniformResourceIdentifier(agency_uri(leaf.agency))
    ]
    return x509.SubjectAlternativeName([*names, *map(x509.DNSName, leaf.hosts)])


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        key_cert_sign=certifies,
        crl_sign=certifies,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public_key(encoded: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(encoded)
    except ValueError as error:
        raise InvalidInput("the key to certify is not readable") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise InvalidInput("the key to certify is not on P-256")
    return key


def public_key_of(certificate: x509.Certificate) -> bytes:
    """Return the certified key as SubjectPublicKeyInfo in DER."""
    return certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
