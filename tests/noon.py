"""A zone in which no midnight comes in the middle of a test."""

from datetime import UTC, datetime

NOON_HERE = f"Etc/GMT{datetime.now(UTC).hour - 12:+}"
