"""The phases of a run: which epochs belong to which, whatever the number of epochs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.learning.methods import Method, Phase, span_of, spans
from training.learning.presets import PRESETS

phases = st.lists(st.integers(1, 9).map(Phase), min_size=1, max_size=4).map(tuple)


@given(phases, st.integers(1, 60))
def test_the_spans_cover_each_epoch_once_and_in_order(
    phases: tuple[Phase, ...], epochs: int
) -> None:
    method = Method(optimizer="adam", phases=phases)
    found = list(spans(method, epochs))
    covered = [epoch for span in found for epoch in range(span.first, span.end)]
    assert covered == list(range(epochs))
    assert [span.phase for span in found] == list(phases[: len(found)])


@given(phases, st.integers(1, 60), st.data())
def test_an_epoch_lies_in_the_same_phase_however_long_the_run_is(
    phases: tuple[Phase, ...], epochs: int, data: st.DataObject
) -> None:
    method = Method(optimizer="adam", phases=phases)
    epoch = data.draw(st.integers(0, epochs - 1))
    longer = span_of(method, epoch, epochs + 50)
    assert span_of(method, epoch, epochs).phase is longer.phase


def test_the_last_phase_takes_the_rest() -> None:
    method = Method(optimizer="adam", phases=(Phase(2), Phase(0, size=0.5)))
    assert [(span.first, span.end) for span in spans(method, 9)] == [(0, 2), (2, 9)]
    assert [(span.first, span.end) for span in spans(method, 1)] == [(0, 1)]


@pytest.mark.parametrize(("size", "pixels"), [(1.0, 150), (0.6, 88), (0.01, 8)])
def test_a_smaller_phase_has_whole_eights_of_pixels(size: float, pixels: int) -> None:
    assert Phase(size=size).image_size(150) == pixels


def test_every_preset_ends_with_pictures_of_its_full_size() -> None:
    assert all(row.method.phases[-1].size == 1 for row in PRESETS.values())
