"""The same jobs as in the window, on the command line: the proof that the border holds."""

from training.cli.app import main

__all__ = ["main"]
