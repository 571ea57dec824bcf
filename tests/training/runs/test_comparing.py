"""Runs side by side: what differs in their settings, and nothing else; their figures."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from tests.training.runs.making import make_run
from training.home import Home
from training.learning.presets import training_config
from training.runs.comparing import Row, compare_runs, differences
from training.runs.lab_book import open_run

CONFIG = training_config("notebook", "kaggle")


def test_only_settings_that_differ_are_told_in_their_order() -> None:
    other = dataclasses.replace(CONFIG, seed=2, epochs=3)
    assert differences([CONFIG, other, CONFIG]) == (
        Row("epochs", (CONFIG.epochs, 3, CONFIG.epochs)),
        Row("seed", (1, 2, 1)),
    )
    assert differences([CONFIG, CONFIG]) == differences([CONFIG]) == differences([]) == ()


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0.001, 0.01), st.booleans()), max_size=5))
def test_a_setting_is_told_where_runs_differ_and_only_there(
    rows: list[tuple[int, float, bool]],
) -> None:
    names = ("epochs", "learning_rate", "deterministic")
    configs = [dataclasses.replace(CONFIG, **dict(zip(names, row, strict=True))) for row in rows]
    told = {row.name: row.values for row in differences(configs)}
    columns = dict(zip(names, zip(*rows, strict=True), strict=False))
    assert told == {name: values for name, values in columns.items() if len(set(values)) > 1}


def test_figures_stand_beside_and_those_that_nobody_has_are_left_out(home: Home) -> None:
    first = make_run(home, metrics={"validation": {"accuracy": 0.8, "log_loss": 0.4}})
    second = make_run(
        home, metrics={}, best_epoch=1, config=dataclasses.replace(CONFIG, seed=2), seconds=61.5
    )
    comparison = compare_runs([open_run(home, each.name) for each in (first, second)])
    assert [info.run for info in comparison.runs] == [first.name, second.name]
    assert comparison.settings == (Row("seed", (1, 2)),)
    figures = {row.name: row.values for row in comparison.figures}
    assert figures["val_accuracy"] == (0.8, None)
    assert figures["val_log_loss"] == (0.4, None)
    assert figures["best_epoch"] == (None, 2)
    assert figures["seconds"] == (None, 61.5)
    assert figures["fingerprint"] == ("f" * 12, "f" * 12)
    assert "test_accuracy" not in figures
