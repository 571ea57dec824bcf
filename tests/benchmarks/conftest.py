"""The drawn sample set, as the tests of `training` have it."""

from tests.training.conftest import sample_home, sample_source

__all__ = ["sample_home", "sample_source"]
