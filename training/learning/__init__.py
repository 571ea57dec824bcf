"""A catalogue becomes a finished run."""
