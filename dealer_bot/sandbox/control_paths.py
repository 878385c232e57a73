"""Where the control API lies."""

PREFIX = "/sandbox"
