"""Ways out for notices, as settings name them: none by chance, and none in clear."""

import pytest

from models.errors import NotConfigured
from runtime.posting.mail import mail_of
from runtime.posting.webhooks import webhooks_of
from runtime.settings import Settings

MAIL = {"smtp": "mail.example:587", "smtp_from": "estafette@town.example"}


def test_without_settings_nothing_leaves() -> None:
    assert mail_of(Settings(env="test")) is None
    assert webhooks_of(Settings(env="test")) is None


def test_in_production_addresses_do_not_go_to_the_mail_server_in_clear() -> None:
    told = Settings(env="production", smtp_security="none", **MAIL)

    with pytest.raises(NotConfigured, match="in clear"):
        mail_of(told)
    made = mail_of(told.model_copy(update={"smtp_security": "starttls"}))
    assert made is not None
    assert made.security == "starttls"


def test_mail_comes_from_somebody() -> None:
    with pytest.raises(NotConfigured, match="ESTAFETTE_SMTP_FROM"):
        mail_of(Settings(env="test", smtp="mail.example:587"))


def test_in_production_a_webhook_needs_a_key_of_the_operator_and_goes_over_tls() -> (
    None
):
    told = Settings(env="production", webhook_hosts="a.example, b.example")

    with pytest.raises(NotConfigured, match="ESTAFETTE_NOTICE_KEY"):
        webhooks_of(told)
    made = webhooks_of(Settings(**told.model_dump() | {"notice_key": "ab" * 32}))
    assert made is not None
    assert made.hosts == {"a.example", "b.example"}
    assert not made.clear


def test_what_is_no_key_is_said_to_be_none() -> None:
    told = Settings(env="test", webhook_hosts="a.example", notice_key="x" * 64)

    with pytest.raises(NotConfigured, match="is no key"):
        webhooks_of(told)
