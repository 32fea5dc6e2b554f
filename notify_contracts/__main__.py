"""The command, as ``python -m notify_contracts``."""

import sys

from notify_contracts.cli import main

if __name__ == "__main__":
    sys.exit(main())
