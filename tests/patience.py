"""How long a test waits on a machine that has other things to do."""

BUSY = 5
"""So many times as long as on a machine that has nothing else to do."""
CANCEL_S = 2 * BUSY
"""A cancel is promised to work within two seconds."""
AT_ONCE_S = 0.1 * BUSY
"""A click is promised to show within 100 ms."""
