"""The installation of this machine, for commands that work nowhere else."""

from __future__ import annotations

from commands.afar import keeping
from models.errors import NotConfigured
from runtime.settings import Settings, load_settings


def check_here() -> None:
    """Refuse to do here what is meant for elsewhere.

    Raises:
        NotConfigured: ESTAFETTE_URL names an installation elsewhere.
    """
    if url := keeping.address():
        raise NotConfigured(
            f"this command works where the installation is, not on `{url}`",
            help="use its pages there, or unset ESTAFETTE_URL to work on this machine",
        )


def settings_here() -> Settings:
    """Return the settings of the installation of this machine.

    Raises:
        NotConfigured: they are not there, or commands go elsewhere.
    """
    check_here()
    return load_settings()
