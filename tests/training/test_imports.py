"""What an import makes is nothing to look through for garbage."""

import gc
import weakref

from training.imports import imports_set_aside


class Knot:
    """Refers to itself, so that only a collection finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_nothing_is_collected_while_modules_are_imported_or_of_them_later() -> None:
    assert gc.isenabled()
    before = gc.get_freeze_count()
    with imports_set_aside():
        knot = weakref.ref(Knot())
        imported = [Knot() for _ in range(50_000)]
        assert knot() is not None
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(imported)
    gc.collect()
    assert knot() is not None
