"""What is computed reproducibly, and what is not any more."""

import dataclasses

import pytest
from tensorflow.python.framework import config as tensorflow_config

from tests.training.learning.watching import small
from training.learning.computing import computing_on


def ignore(_: object) -> None:
    pass


def is_reproducible() -> bool:
    return bool(tensorflow_config.is_op_determinism_enabled())


def test_a_training_that_asks_for_it_leaves_later_ones_fast() -> None:
    with computing_on(small(), ignore):
        assert is_reproducible()
    assert not is_reproducible()
    with computing_on(dataclasses.replace(small(), deterministic=False), ignore):
        assert not is_reproducible()


def test_a_training_that_fails_leaves_later_ones_fast() -> None:
    with pytest.raises(ArithmeticError), computing_on(small(), ignore):
        raise ArithmeticError
    assert not is_reproducible()
