"""Where this machine's own files lie: one data directory outside the checkout."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True)
class DataDirectory:
    """The names of everything kept under one data directory."""

    root: Path

    def foreign(self) -> list[str]:
        """Return the names in it that are not ours, sorted."""
        found = self.root.iterdir() if self.root.exists() else ()
        return sorted(path.name for path in found if not _is_ours(path.name))

    @property
    def lock(self) -> Path:
        """Return the file whose lock says that servers run here."""
        return self.root / "lock"

    @property
    def endpoints(self) -> Path:
        """Return the file that tells other processes how to reach the servers."""
        return self.root / "endpoints.json"

    @property
    def processes(self) -> Path:
        """Return the list of started processes, to find orphans after a crash."""
        return self.root / "processes.json"

    @property
    def credentials(self) -> Path:
        """Return the passwords of the embedded database (mode 0600)."""
        return self.root / "credentials.json"

    @property
    def postgres(self) -> Path:
        """Return the embedded database's cluster directory."""
        return self.root / "postgres"

    @property
    def run(self) -> Path:
        """Return the directory of the database's socket (mode 0700)."""
        return self.root / "run"

    @property
    def temporal(self) -> Path:
        """Return the file in which the embedded Temporal server keeps its state."""
        return self.root / "temporal.sqlite"

    @property
    def keyrings(self) -> Path:
        """Return the directory of the keyrings of the nodes played here (mode 0700)."""
        return self.root / "keyrings"

    @property
    def master_keys(self) -> Path:
        """Return where demo and tests keep master keys (mode 0700): beside the rest."""
        return self.root / "master-keys"

    @property
    def nodes(self) -> Path:
        """Return where the federated demo keeps a directory for each node (0700)."""
        return self.root / "nodes"

    @property
    def link(self) -> Path:
        """Return the certificates of this end of the link (mode 0700)."""
        return self.root / "link"

    @property
    def signing(self) -> Path:
        """Return whom to believe about signatures, and own certificates (0700)."""
        return self.root / "signing"

    @property
    def authority(self) -> Path:
        """Return where the demo keeps its authority for certificates (mode 0700)."""
        return self.root / "authority"

    @property
    def ledger_secret(self) -> Path:
        """Return the file of the key that signs checkpoints (mode 0600)."""
        return self.root / "ledger.skey"

    @property
    def ledger_public(self) -> Path:
        """Return the file of the public key that checkpoints are checked with."""
        return self.root / "ledger.vkey"

    @property
    def witness(self) -> Path:
        """Return where witnesses played here remember what they saw (mode 0700)."""
        return self.root / "witness"

    @property
    def receipts(self) -> Path:
        """Return where nodes played here keep receipts (mode 0700)."""
        return self.root / "receipts"

    @property
    def notice_key(self) -> Path:
        """Return the demo's key that signs notices to systems (mode 0600)."""
        return self.root / "notice.key"

    @property
    def payload_key(self) -> Path:
        """Return the file of the key of what Temporal stores (mode 0600)."""
        return self.root / "payload.key"

    @property
    def logs(self) -> Path:
        """Return the directory of the servers' own logs."""
        return self.root / "logs"


# Everything that a demo or a test makes in its data directory.
_OURS = (
    *("lock", "endpoints.json", "processes.json", "credentials.json", "run", "logs"),
    *("postgres", "postgres.new", "postgresql-*", "temporal.sqlite*"),
    *(
        "keyrings",
        "master-keys",
        "ledger.skey",
        "ledger.vkey",
        "payload.key",
        "notice.key",
    ),
    *("nodes", "link", "signing", "authority", "witness", "receipts"),
)


def _is_ours(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _OURS)


def data_directory(environ: Mapping[str, str] | None = None) -> Path:
    """Return the data directory: `ESTAFETTE_DATA`, or the place the system expects.

    Root uses `/var/lib/estafette`: the database then runs under another account,
    which must be able to walk to its files without any directory being opened up.
    Anyone else uses `$XDG_STATE_HOME/estafette` (XDG Base Directory Specification).
    """
    environ = os.environ if environ is None else environ
    if given := environ.get("ESTAFETTE_DATA"):
        return Path(given).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/estafette")
    state = environ.get("XDG_STATE_HOME", "")
    if os.path.isabs(state):  # the specification says to ignore relative values
        return Path(state) / "estafette"
    return Path.home() / ".local" / "state" / "estafette"
