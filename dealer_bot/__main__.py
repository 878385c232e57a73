"""`python -m dealer_bot`."""

import sys

from dealer_bot.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
