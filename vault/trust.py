"""Whom a certificate stands for: chain, term, use and revocation, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from models.errors import CiphertextInvalid, InvalidInput
from vault.certificates import PURPOSES, Use, agency_in, agency_uri, public_key_of


@dataclass(frozen=True)
class Trust:
    """The authorities that are believed, and their lists of what they revoked (DER)."""

    authorities: tuple[bytes, ...]
    revocations: tuple[bytes, ...]

    def key_of(self, certificate: bytes, agency: str, use: Use, at: datetime) -> bytes:
        """Return the key that a certificate gives an agency for one use.

        `at` is now for a connection, and the instant of signing for a signature: what
        was revoked later was good then. Without a list that was good at that instant
        or later, nothing is believed.

        Returns:
            SubjectPublicKeyInfo in DER, on P-256.

        Raises:
            CiphertextInvalid: of another agency or use, not issued by an authority we
                believe, outside its term, revoked, or with no list to tell.
        """
        leaf = _read(certificate)
        self._check_chain(leaf, use, at)
        if agency_uri(agency) not in _uris(leaf):
            raise _refused(agency, "names another agency")
        self._check_revocation(leaf, agency, at)
        return public_key_of(leaf)

    def agency_of(self, certificate: bytes, use: Use, at: datetime) -> str:
        """Return the one agency that a certificate stands for; see `key_of`.

        Raises:
            CiphertextInvalid: as for `key_of`, or it names no agency, or several.
        """
        leaf = _read(certificate)
        self._check_chain(leaf, use, at)
        agencies = [named for uri in _uris(leaf) if (named := agency_in(uri))]
        if len(agencies) != 1:
            raise CiphertextInvalid("certificate does not name one agency")
        self.key_of(certificate, agencies[0], use, at)
        return agencies[0]

    def _check_chain(self, leaf: x509.Certificate, use: Use, at: datetime) -> None:
        """Ask the library: signatures, terms, constraints and use."""
        if not self.authorities:
            raise CiphertextInvalid("no authority is believed")
        builder = (
            PolicyBuilder()
            .store(Store([_read(each) for each in self.authorities]))
            .time(at)
            .max_chain_depth(1)
            .extension_policies(
                ca_policy=ExtensionPolicy.webpki_defaults_ca(),
                ee_policy=_leaf_policy(use),
            )
        )
        try:
            builder.build_client_verifier().verify(leaf, [])
        except VerificationError as error:
            raise CiphertextInvalid(f"certificate does not hold: {error}") from error

    def _check_revocation(
        self, leaf: x509.Certificate, agency: str, at: datetime
    ) -> None:
        """Look in the newest list of the authority that issued the certificate."""
        lists = [
            each
            for each in map(_read_list, self.revocations)
            if each.issuer == leaf.issuer and self._is_signed(each)
        ]
        if not lists:
            raise _refused(agency, "has no list of revocations that could name it")
        newest = max(lists, key=lambda each: each.last_update_utc)
        if newest.next_update_utc is None or at >= newest.next_update_utc:
            raise _refused(agency, "is judged by a list of revocations that has ended")
        entry = newest.get_revoked_certificate_by_serial_number(leaf.serial_number)
        if entry is not None and entry.revocation_date_utc <= at:
            raise _refused(agency, "was revoked")

    def _is_signed(self, revoked: x509.CertificateRevocationList) -> bool:
        """Say whether an authority that is believed signed this list."""
        issuers = [_read(each) for each in self.authorities]
        return any(
            issuer.subject == revoked.issuer
            and revoked.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
            for issuer in issuers
        )


def _leaf_policy(use: Use) -> ExtensionPolicy:
    """Return the common rules for leaves, with our own use in place of a browser's."""

    def for_this_use(
        _policy: Policy,
        _certificate: x509.Certificate,
        extension: x509.ExtendedKeyUsage,
    ) -> None:
        if list(extension) != [PURPOSES[use]]:
            raise ValueError(f"not for {use}")

    return (
        ExtensionPolicy.permit_all()
        .require_present(x509.SubjectAlternativeName, Criticality.AGNOSTIC, None)
        .require_present(x509.BasicConstraints, Criticality.CRITICAL, None)
        .require_present(x509.KeyUsage, Criticality.CRITICAL, _signs)
        .require_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, for_this_use)
    )


def _signs(
    _policy: Policy, _certificate: x509.Certificate, extension: x509.KeyUsage
) -> None:
    if not extension.digital_signature or extension.key_cert_sign:
        raise ValueError("not for signing alone")


def _uris(certificate: x509.Certificate) -> list[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return names.value.get_values_for_type(x509.UniformResourceIdentifier)


def _read(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(certificate)
    except ValueError as error:
        raise InvalidInput("certificate is not readable") from error


def _read_list(revoked: bytes) -> x509.CertificateRevocationList:
    try:
        return x509.load_der_x509_crl(revoked)
    except ValueError as error:
        raise InvalidInput("list of revocations is not readable") from error


def _refused(agency: str, why: str) -> CiphertextInvalid:
    return CiphertextInvalid(f"certificate of `{agency}` {why}")
