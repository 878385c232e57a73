"""The Telegram side of a car dealership's service department."""

__version__ = "0.1.0"
