"""Settings: environment variables, files of secrets, and the running demo's servers.

Every variable is `ESTAFETTE_` and the field's name in capitals. Two names that other
tools know are honoured as well: `DATABASE_URL` and `TEMPORAL_ADDRESS`. For each
variable, the same name with `_FILE` names a file that holds the value.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from models.errors import NotConfigured
from models.faults import said
from runtime.embedded.endpoints import Endpoints, read_endpoints
from runtime.paths import DataDirectory, data_directory
from runtime.roles import Role

PREFIX = "ESTAFETTE_"

# What coordination must say itself in production; passwords are asked for where a
# role connects.
_EXPLICIT = {
    "data": "ESTAFETTE_DATA",
    "database_url": "DATABASE_URL",
    "temporal_address": "TEMPORAL_ADDRESS",
    "temporal_namespace": "ESTAFETTE_TEMPORAL_NAMESPACE",
    "task_queue": "ESTAFETTE_TASK_QUEUE",
}


class MasterKeyPlace(StrEnum):
    """What kind of place keeps the master keys of keyrings."""

    FILES = "files"
    PKCS11 = "pkcs11"


class Settings(BaseSettings):
    """What this process was told.

    Attributes:
        env: `production` refuses everything made up for demo and tests.
        data: directory for files of this machine, outside the checkout.
        database_url: server and database, without a user: the roles are ours.
        owner_password: password of the role that migrates; likewise the others.
        acts_user: as whom officers' programs connect; at an agency a role of its own.
        temporal_address: `host:port` of the Temporal frontend.
        temporal_namespace: namespace on that server.
        temporal_port: port for the embedded Temporal server; 0 picks a free one.
        task_queue: queue that workers poll and cases start on.
        day_seconds: how long a legal day lasts on the machine's clock in demo and
            tests; production ignores it.
        payload_key: key of what Temporal stores, 64 hexadecimal digits.
        ledger_key: signing key of the ledger, as a signed-note key.
        master_keys: where the master keys of keyrings are kept.
        master_key_directory: directory of master keys that are files.
        pkcs11_module: library of the hardware that keeps master keys.
        pkcs11_token: label of the token in it.
        pkcs11_pin: PIN of the token's user.
        node: directory of one agency's node, where it has one of its own.
        link: where a node finds coordination, such as `https://HOST:7443`.
        witnesses_needed: how many witnesses make a checkpoint count.
        timestamp_url: RFC 3161 authority that is asked once a day; none if not set.
        timestamp_certificate: PEM file with the certificates it is believed under.
        link_listen: `host:port` on which coordination serves nodes.
        web_address: the pages' address as browsers see it; `https` in production.
        web_listen: `host:port` on which pages are served, behind whatever ends TLS.
        agency_pages: `AGENCY=ADDRESS` with blanks between: where agencies that keep
            their own keys have their pages.
        clock_pages: where days pass in a demo, for pages that do not keep its clock.
        web_secret: seals the cookie of a sign-in under way; the same for all servers.
        oidc_issuer: the OpenID provider; none lets demo and tests choose a persona.
        oidc_client: as whom the provider knows us; `oidc_secret` proves it.
        oidc_agency_claim: the claim that names the officer's agency.
        oidc_officer_claim: the claim that names the officer within it.
        oidc_strong: the `acr` that sensitive acts ask for.
        clamd: virus scanner, `unix:PATH` or `HOST:PORT`; none if not set.
        oidc_audience: whom access tokens must be made for that the API believes.
        oidc_algorithm: the one algorithm under which the provider signs them.
        smtp: mail server for notices, `HOST:PORT`; none if not set.
        smtp_from: the address that mails come from.
        smtp_security: `starttls`, `tls` from the start, or `none` in demo and tests.
        smtp_user: as whom we come to the mail server; `smtp_password` proves it.
        webhook_hosts: hosts to which notices may go, with blanks between.
        notice_key: Ed25519 key that signs them, 64 hexadecimal digits.
        log_level: lowest level that is logged.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    env: Literal["production", "demo", "test"] = "demo"
    data: Path = Field(default_factory=data_directory)
    database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices("ESTAFETTE_DATABASE_URL", "DATABASE_URL")
    )
    owner_password: SecretStr | None = None
    acts_user: str = Field(Role.ACTS.user, pattern=r"^estafette_acts(_at_[\w-]+)?$")
    acts_password: SecretStr | None = None
    record_password: SecretStr | None = None
    ledger_password: SecretStr | None = None
    link_password: SecretStr | None = None
    temporal_address: str | None = Field(
        None,
        validation_alias=AliasChoices("ESTAFETTE_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"),
    )
    temporal_namespace: str = "estafette"
    temporal_port: int = Field(7233, ge=0, le=65535)
    task_queue: str = "estafette"
    day_seconds: float = Field(0.2, gt=0)
    payload_key: SecretStr | None = None
    ledger_key: SecretStr | None = None
    master_keys: MasterKeyPlace | None = None
    master_key_directory: Path | None = None
    pkcs11_module: Path | None = None
    pkcs11_token: str | None = None
    pkcs11_pin: SecretStr | None = None
    node: Path | None = None
    link: str | None = None
    link_listen: str = "127.0.0.1:7443"
    web_address: str = Field("http://localhost:8080", pattern=r"^https?://[^/]+/?$")
    web_listen: str = Field("127.0.0.1:8080", pattern=r"^.+:\d+$")
    agency_pages: str = Field("", pattern=r"^\s*([\w-]+=https?://[^/\s]+/?(\s+|$))*$")
    clock_pages: str = Field("", pattern=r"^(https?://[^/\s]+/?)?$")
    web_secret: SecretStr | None = Field(None, min_length=32)
    oidc_issuer: str | None = Field(None, pattern=r"^https?://")
    oidc_client: str | None = None
    oidc_secret: SecretStr | None = None
    oidc_agency_claim: str = "agency"
    oidc_officer_claim: str = "officer"
    oidc_strong: str = "urn:estafette:strong"
    oidc_audience: str = "estafette"
    oidc_algorithm: Literal["RS256", "PS256", "ES256"] = "RS256"
    witnesses_needed: int = Field(2, ge=1)
    timestamp_url: str | None = Field(None, pattern=r"^https?://")
    timestamp_certificate: Path | None = None
    clamd: str | None = None
    smtp: str | None = Field(None, pattern=r"^.+:\d+$")
    smtp_from: str | None = Field(None, pattern=r"^[^\s@]+@[^\s@]+$")
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    webhook_hosts: str = ""
    notice_key: SecretStr | None = Field(None, min_length=64, max_length=64)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take arguments, then variables, then files that `_FILE` variables name."""
        return init_settings, env_settings, _NamedFiles(settings_cls)

    @property
    def production(self) -> bool:
        """Say whether made-up people, clocks and servers are refused."""
        return self.env == "production"

    @property
    def files(self) -> DataDirectory:
        """Return the places of this machine's files."""
        return DataDirectory(self.data)

    @property
    def node_files(self) -> DataDirectory:
        """Return the places of the keys: a node's own directory, else all the same."""
        return DataDirectory(self.node) if self.node else self.files

    def at_node(self, agency: str) -> Settings:
        """Return the settings at one agency's node of a federated demo."""
        return self.model_copy(update={"node": self.files.nodes / agency})

    def database(self, role: Role) -> str:
        """Return the URL under which a role connects, password included.

        Raises:
            NotConfigured: no server was named and no demo runs, or no password.
        """
        if self.database_url is None:
            return self._running().databases[role]
        variable = f"{PREFIX}{role.name}_PASSWORD"
        password: SecretStr | None = getattr(self, f"{role.value}_password")
        if password is None:
            raise _missing(variable)
        user = self.acts_user if role is Role.ACTS else role.user
        return _with_user(
            self.database_url.get_secret_value(), user, password.get_secret_value()
        )

    def temporal(self) -> str:
        """Return `host:port` of the Temporal frontend.

        Raises:
            NotConfigured: no server was named and no demo runs.
        """
        return self.temporal_address or self._running().temporal_address

    def _running(self) -> Endpoints:
        if found := read_endpoints(self.data):
            return found
        raise NotConfigured(
            f"no server was named, and no demo runs on `{self.data}`",
            help="start one with `estafette demo up`, "
            "or set DATABASE_URL and TEMPORAL_ADDRESS",
        )


def load_settings() -> Settings:
    """Read the settings from the environment and refuse what does not hold together.

    Raises:
        NotConfigured: names the variable.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise _unreadable(error) from None
    if "env" not in settings.model_fields_set and (
        settings.database_url or settings.temporal_address
    ):
        # A real server without a word on what it is for: never guess "demo".
        raise _missing(f"{PREFIX}ENV")
    if settings.production and settings.node is None:
        for name, variable in _EXPLICIT.items():
            if name not in settings.model_fields_set:
                raise _missing(variable)
    return settings


class _NamedFiles(EnvSettingsSource):
    """Reads `NAME_FILE` where `NAME` would be a variable of ours."""

    def _load_env_vars(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for name, path in os.environ.items():
            if name.endswith("_FILE") and path and self._ours(name):
                found[name.removesuffix("_FILE").lower()] = _content(name, Path(path))
        return found

    @staticmethod
    def _ours(name: str) -> bool:
        return name.startswith(PREFIX) or name == "DATABASE_URL_FILE"


def _content(name: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise NotConfigured(
            f"the file `{path}` that {name} names cannot be read",
            help="check that it exists and that this account may read it",
        ) from None


def _with_user(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise NotConfigured(
            "DATABASE_URL names a user",
            help="leave it out: each part connects as its own role, "
            f"with {PREFIX}ACTS_PASSWORD and the like",
        )
    netloc = f"{user}:{quote(password, safe='')}@{parts.netloc}"
    return urlunsplit(parts._replace(netloc=netloc))


def _missing(variable: str) -> NotConfigured:
    return NotConfigured(f"{variable} is not set", help=f"set {variable}")


def _unreadable(error: ValidationError) -> NotConfigured:
    # The value itself stays out of the message: it may be a secret.
    first = error.errors(include_input=False, include_url=False)[0]
    field = str(first["loc"][0])
    variable = field if field.isupper() else f"{PREFIX}{field.upper()}"
    return NotConfigured(f"{variable} is not usable", help=f"it {said(first)}")
