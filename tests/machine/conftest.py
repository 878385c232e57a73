"""What is tried here stands on the same ground."""

from tests.machine.standing_ground import ground

__all__ = ["ground"]
