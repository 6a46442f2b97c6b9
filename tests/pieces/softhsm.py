"""SoftHSM, the token in software that hardware keys are tested against.

It reads its settings when it is loaded and it is loaded once: one place for a whole
test process, in which each test makes a token of its own.
"""

import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
PIN = "271828"


@dataclass(frozen=True)
class Token:
    """A token of SoftHSM, with what a process needs to reach it."""

    module: Path
    label: str
    environment: dict[str, str]


def library() -> Path | None:
    """Return SoftHSM's library, if it is installed."""
    return next((Path(each) for each in LIBRARIES if Path(each).exists()), None)


@cache
def _settings() -> Path:
    place = Path(mkdtemp(prefix="softhsm-"))
    file = place / "softhsm2.conf"
    file.write_text(f"directories.tokendir = {place}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(file)
    return file


def new_tokens(*labels: str) -> list[Token]:
    """Make tokens. All of them before the library is loaded for the first time."""
    module = library()
    assert module is not None
    environment = {"SOFTHSM2_CONF": str(_settings())}
    for label in labels:
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", "--label", label]
            + ["--pin", PIN, "--so-pin", "31415926"],
            check=True,
            capture_output=True,
            env=os.environ | environment,
        )
    return [Token(module, label, environment) for label in labels]
