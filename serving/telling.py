"""What the log is told of the settings and keys with which coordination starts."""

from __future__ import annotations

from activities.noting import Told, digest
from runtime import keys
from runtime.settings import Settings
from runtime.signing import AUTHORITY, REVOKED

# What changes who is believed, what counts, and where things are kept. No secret.
NOTED = (
    *("env", "temporal_address", "temporal_namespace", "task_queue", "day_seconds"),
    *("master_keys", "witnesses_needed", "timestamp_url"),
)


def told(settings: Settings) -> Told:
    """Return settings as text, certificates that are believed, and which keys work."""
    given = {name: str(getattr(settings, name) or "") for name in NOTED}
    for name, path in (
        ("timestamp_certificate", settings.timestamp_certificate),
        ("authority", settings.files.signing / AUTHORITY),
        ("revoked", settings.files.signing / REVOKED),
    ):
        given[name] = path.read_text() if path and path.exists() else ""
    # 256 random bits: a digest confirms no guess.
    payload_key = digest(keys.payload_key(settings))
    return Told(given, keys.ledger_signer(settings).verifier.vkey, payload_key)
