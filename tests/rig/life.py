"""`python -m dealer_bot run`, but for the points at which a test wants it dead."""

import os

from dealer_bot.cli.entry import main
from tests.rig.points import obey

if __name__ == "__main__":
    obey(os.environ)
    os._exit(main(["run"]))
