"""How a command ends when it does not end well."""


class Refused(Exception):
    """The command can't be done; the text is one line for the person at the keyboard."""

    def __init__(self, reason: str) -> None:
        super().__init__(" ".join(reason.split()))


class WrongUsage(Exception):
    """The arguments make no sense together."""
