"""`python -m training.cli`."""

import sys

from training.cli.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
