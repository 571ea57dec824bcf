"""Keras models of strangers: checked, tried in a process with limits, adapted, and made a run."""
