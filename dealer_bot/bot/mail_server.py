"""The dealership's mail server: where it is, and the way in."""

import smtplib
import ssl
from dataclasses import dataclass, field

from dealer_bot.settings import Settings

PATIENCE_S = 20.0
TLS_FROM_THE_START = 465


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, and whom it knows us as."""

    host: str
    port: int
    user: str
    sender: str
    password: str = field(repr=False)


def mail_server(settings: Settings) -> Server | None:
    if not settings.smtp_host:
        return None
    return Server(
        settings.smtp_host, settings.smtp_port, settings.smtp_user, settings.smtp_from, settings.smtp_password
    )


def opened(server: Server) -> smtplib.SMTP:
    """Connected, and known to the server where it wants that. Blocking. Raises smtplib.SMTPException, OSError."""
    context = ssl.create_default_context()
    if server.port == TLS_FROM_THE_START:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    try:
        smtp.ehlo()
        if server.port != TLS_FROM_THE_START and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
        if server.user:
            _log_in(smtp, server)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    try:
        smtp.login(server.user, server.password)
    except UnicodeError:  # smtplib speaks ASCII alone
        raise smtplib.SMTPAuthenticationError(535, b"name or password is not ASCII") from None
