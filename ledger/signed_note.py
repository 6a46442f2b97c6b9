"""Signed notes and their Ed25519 keys, as C2SP signed-note writes them.

A note is text, an empty line, and signature lines of the form
`— name base64(key id, signature)`. Keys travel as one line of text: `vkey` (public)
and `skey` (private). Lines by keys we do not know are left alone: witnesses add them.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from models.errors import EntryAltered, InvalidInput

ED25519 = b"\x01"
"""Signature type byte of a plain Ed25519 signature over the note's text."""

COSIGNATURE = b"\x04"
"""Signature type byte of a witness's cosignature; see `cosignature.py`."""

_KINDS = (ED25519, COSIGNATURE)
_KEY_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_SKEY_PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True)
class VerifierKey:
    """The public half: a name and a raw Ed25519 public key (32 bytes).

    `kind` is the signature type byte: the same key signs and cosigns under two ids.
    """

    name: str
    public: bytes
    kind: bytes = ED25519

    @classmethod
    def parse(cls, vkey: str) -> VerifierKey:
        """Read `name+keyid+base64`.

        Raises:
            InvalidInput: malformed, another algorithm, or the id does not fit.
        """
        name, key_id, kind, public = _parse_key(vkey)
        key = cls(name, public, kind)
        if key.key_id != key_id:
            raise InvalidInput(f"key id of `{name}` does not fit its key")
        return key

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, type and key."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(self.kind + self.public)}"


@dataclass(frozen=True)
class SignerKey:
    """The private half: a name and an Ed25519 seed (32 bytes)."""

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> SignerKey:
        """Make a new key under `name`.

        Raises:
            InvalidInput: the name is empty, or holds a space or a plus sign.
        """
        if not _KEY_NAME.fullmatch(name):
            raise InvalidInput(f"`{name}` cannot name a key", help="no space, no plus")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, skey: str) -> SignerKey:
        """Read `PRIVATE+KEY+name+keyid+base64`.

        Raises:
            InvalidInput: malformed, another algorithm, or the id does not fit.
        """
        if not skey.startswith(_SKEY_PREFIX):
            raise InvalidInput("private key does not start with `PRIVATE+KEY+`")
        name, key_id, kind, seed = _parse_key(skey.removeprefix(_SKEY_PREFIX))
        key = cls(name, seed)
        if kind != ED25519 or key.verifier.key_id != key_id:
            raise InvalidInput(f"key id of `{name}` does not fit its key")
        return key

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return VerifierKey(self.name, public.public_bytes_raw())

    @property
    def skey(self) -> str:
        """The key as one line of text. Secret."""
        key_id = self.verifier.key_id.hex()
        return f"{_SKEY_PREFIX}{self.name}+{key_id}+{_base64(ED25519 + self.seed)}"


def sign_note(text: str, signer: SignerKey) -> str:
    """Return `text` as a note signed by `signer`.

    Raises:
        InvalidInput: the text does not end with a newline or holds control characters.
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise InvalidInput("note text must be plain lines, the last one ended")
    signature = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(text.encode())
    return f"{text}\n{signature_line(signer.verifier, signature)}\n"


def signature_line(key: VerifierKey, signature: bytes) -> str:
    """Return the line of a note that says that `key` signed it, without its end."""
    return f"— {key.name} {_base64(key.key_id + signature)}"


def split_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Return the text and its signatures as (name, key id, signature), unchecked.

    Raises:
        EntryAltered: it is not a signed note.
    """
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not lines.endswith("\n") or _CONTROL.search(note):
        raise EntryAltered("not a signed note")
    return text + "\n", [_parse_line(line) for line in lines[:-1].split("\n")]


def open_note(note: str, key: VerifierKey) -> str:
    """Return the text of `note` once a signature of `key` on it has been checked.

    Raises:
        EntryAltered: malformed, not signed by `key`, or the signature is wrong.
    """
    text, signatures = split_note(note)
    ours = [
        signature
        for name, key_id, signature in signatures
        if (name, key_id) == (key.name, key.key_id)
    ]
    if not ours:
        raise EntryAltered(f"note is not signed by `{key.name}`")
    public = Ed25519PublicKey.from_public_bytes(key.public)
    for signature in ours:
        try:
            public.verify(signature, text.encode())
        except InvalidSignature as error:
            raise EntryAltered(f"signature of `{key.name}` is wrong") from error
    return text


def _parse_line(line: str) -> tuple[str, bytes, bytes]:
    """Read one signature line."""
    match = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)", line)
    raw = _from_base64(match[2]) if match else None
    if not match or raw is None or len(raw) < 5:
        raise EntryAltered(f"`{line}` is not a signature line")
    return match[1], raw[:4], raw[4:]


def _parse_key(text: str) -> tuple[str, bytes, bytes, bytes]:
    """Read `name+keyid+base64` into name, key id, type and 32 bytes of Ed25519."""
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)", text)
    raw = _from_base64(match[3]) if match else None
    if not match or raw is None or len(raw) != 33 or raw[:1] not in _KINDS:
        raise InvalidInput("key is not `name+keyid+base64` of an Ed25519 key")
    return match[1], bytes.fromhex(match[2]), raw[:1], raw[1:]


def _base64(raw: bytes) -> str:
    """Return standard base64 with padding."""
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes | None:
    """Return the bytes of canonical base64, or None."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    # Python drops stray trailing bits; two spellings of one signature must not pass.
    return raw if _base64(raw) == text else None
