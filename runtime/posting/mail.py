"""Mail: that something waits, over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

from models.errors import NotConfigured, NotPermitted, Unavailable
from models.posting import Parcel, Way
from policies.mail import MAILS
from runtime.settings import Settings

_PATIENCE = 20.0  # seconds
# RFC 5321, section 4.2.1: a reply that begins so will be the same next time.
_FOR_GOOD = 5


@dataclass(frozen=True)
class Mail:
    """The mail server that settings name, and what mails say of us.

    `sender` is the address that mails come from, `pages` that of the pages.
    """

    server: str
    sender: str
    pages: str
    security: str
    user: str = ""
    password: str = ""

    def carry(self, way: Way, parcel: Parcel) -> None:
        """Send one mail.

        Raises:
            Unavailable: the server does not answer, or not now.
            NotPermitted: it will not take mail for this address.
        """
        mail = self._mail(way, parcel)
        try:
            with self._connected() as line:
                line.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            ((code, _),) = refused.recipients.values()
            if code // 100 == _FOR_GOOD:
                raise NotPermitted(f"the mail server answered {code}") from None
            raise Unavailable(f"the mail server answered {code}") from None
        except smtplib.SMTPResponseException as error:
            raise Unavailable(f"the mail server answered {error.smtp_code}") from None
        except smtplib.SMTPNotSupportedError as error:
            raise Unavailable("the mail server offers no TLS, or no sign-in") from error
        except ssl.SSLCertVerificationError as error:
            raise Unavailable("nothing proves who the mail server is") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable("the mail server does not answer") from error

    def _mail(self, way: Way, parcel: Parcel) -> EmailMessage:
        text = MAILS[way.language]
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, way.address
        mail["Subject"] = text.subject
        mail["Message-ID"] = f"<{parcel.id}@{urlsplit(self.pages).hostname}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nothing answers by itself
        mail["Content-Language"] = way.language
        mail.set_content(text.body.format(address=self.pages))
        return mail

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        with self._opened(context) as line:
            if self.security == "starttls":
                line.starttls(context=context)
            if self.user:
                line.login(self.user, self.password)
            yield line

    def _opened(self, context: ssl.SSLContext) -> smtplib.SMTP:
        host, _, port = self.server.rpartition(":")
        if self.security == "tls":
            return smtplib.SMTP_SSL(host, int(port), timeout=_PATIENCE, context=context)
        return smtplib.SMTP(host, int(port), timeout=_PATIENCE)


def mail_of(settings: Settings) -> Mail | None:
    """Return the mail server that settings name, if they name one.

    Raises:
        NotConfigured: nobody is said to be the sender, or mail would go in clear.
    """
    if settings.smtp is None:
        return None
    if settings.smtp_from is None:
        raise NotConfigured("ESTAFETTE_SMTP_FROM is not set", help="set it")
    if settings.production and settings.smtp_security == "none":
        raise NotConfigured(
            "addresses of officers would go to the mail server in clear",
            help="set ESTAFETTE_SMTP_SECURITY to starttls or tls",
        )
    password = settings.smtp_password
    return Mail(
        server=settings.smtp,
        sender=settings.smtp_from,
        pages=settings.web_address.rstrip("/"),
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else "",
    )
