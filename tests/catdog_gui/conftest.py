"""What every test of the window needs."""

import gc

import pytest


@pytest.fixture(autouse=True, scope="module")
def garbage_is_collected_in_the_gui_thread():
    """Python collects garbage in whichever thread is at work, Qt's objects included.

    Those that a job's thread collects are deleted at odd moments later, and that crashes.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()
