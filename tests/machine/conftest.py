"""What is tried here stands on the same ground."""

from tests.machine.standing_ground import ground, quick_starts

__all__ = ["ground", "quick_starts"]
