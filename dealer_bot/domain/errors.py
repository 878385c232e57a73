"""What a person is told when something can't be done: a key of the texts and its arguments, never a sentence."""


class DealerError(Exception):
    """Said to the person who asked, in his language."""

    def __init__(self, key: str, **args: str) -> None:
        super().__init__(key)
        self.key, self.args_ = key, args
