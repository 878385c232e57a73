"""Alarms by mail, in the words of the chat; all else goes to Telegram."""

import asyncio
import contextlib
import smtplib
from email.message import EmailMessage

from dealer_bot.bot.mail_server import Server, opened
from dealer_bot.bot.notices import notice_call
from dealer_bot.bot.telegram import TelegramMessenger
from dealer_bot.bot.texts import texts
from dealer_bot.domain.parcels import Gone, Later, Outcome, Parcel, Refused, Sent, Unknown

AGAIN_S = 60.0


class Post(TelegramMessenger):
    """Telegram, and the mail for addresses that say so."""

    server: Server | None = None
    subject: str = "dealer_bot"

    async def send(self, parcel: Parcel) -> Outcome:
        if not parcel.address.startswith("mail:"):
            return await super().send(parcel)
        if self.server is None:
            return Gone("no_mail")
        letter = self._letter(parcel, self.server)
        return await asyncio.to_thread(_deliver, self.server, letter)

    def _letter(self, parcel: Parcel, server: Server) -> EmailMessage:
        call = notice_call(parcel, texts(self.language))
        letter = EmailMessage()
        letter["From"], letter["To"] = server.sender, parcel.address.removeprefix("mail:")
        letter["Subject"] = self.subject
        letter.set_content(getattr(call, "text", ""))
        return letter


def _deliver(server: Server, letter: EmailMessage) -> Outcome:
    """Blocking, in a thread. What the server has surely not taken is tried again."""
    try:
        smtp = opened(server)
    except (smtplib.SMTPException, OSError) as error:
        return Later(AGAIN_S, reason=type(error).__name__)
    try:
        smtp.send_message(letter)
        return Sent((0,))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        return Refused(type(error).__name__)
    except smtplib.SMTPResponseException as error:
        return Later(AGAIN_S, reason=str(error.smtp_code))
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(type(error).__name__)
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()  # whatever it answers to this: the letter was taken before
