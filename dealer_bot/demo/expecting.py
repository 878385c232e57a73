"""How long the demo waits for what should come, and what it says if that does not."""

PATIENCE_S = 20.0
START_S = 60.0


class NotSeen(Exception):
    """Something expected did not come in time; the text says what and where, in the reader's language."""
