"""All presets' curves in one picture."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import overlay
from benchmarks.overlay import COLOURS, Curve, draw, main, read_curves
from benchmarks.report import write_result
from tests.training.test_plots import contrast
from training.plots.style import LIGHT

QUICK = Curve("express", (1.2, 1.3, 1.4), (0.97, 0.981, 0.985))
SLOW = Curve("notebook", (1.0, 10.0, 25.0), (0.6, 0.75, 0.82))
NEVER = Curve("scratch", (2.0, 20.0), (0.5, 0.79), epochs_alone=True)


def keep(curve: Curve, results: Path) -> None:
    points = [
        {"epoch": number, "seconds": 60 * minutes, "val_accuracy": accuracy}
        for number, (minutes, accuracy) in enumerate(
            zip(curve.minutes, curve.accuracies, strict=True)
        )
    ]
    clock = "epochs" if curve.epochs_alone else "wall"
    facts = {"preset": curve.preset, "clock": clock, "curve": points}
    write_result(f"accuracy-{curve.preset}", facts, results)


def texts(figure):
    return [each.get_text() for each in figure.axes[0].texts]


def test_what_was_measured_is_drawn_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for curve in (QUICK, SLOW, NEVER):
        keep(curve, tmp_path)
    monkeypatch.setattr(overlay, "read_curves", lambda: read_curves(tmp_path))
    picture = tmp_path / "images" / "presets.png"
    assert main([str(picture)]) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out.splitlines()[:3] == [
        "express: 80 % after 1 min 12 s; best 98.5 %",
        "notebook: 80 % after 25 min; best 82.0 %",
        "scratch: 80 % never (preparation not counted); best 79.0 %",
    ]


def test_nothing_measured_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(overlay, "read_curves", lambda: read_curves(tmp_path))
    assert main([]) == 1
    assert "make bench-accuracy" in capsys.readouterr().out


def test_each_curve_is_named_at_its_end_and_ringed_where_it_reached_80_percent() -> None:
    figure = draw([QUICK, SLOW, NEVER])
    assert texts(figure) == [
        "express 98.5 %",
        "1 min 12 s",
        "notebook 82.0 %",
        "25 min",
        "scratch 79.0 %*",
    ]
    rings = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"]
    assert [float(ring.get_xdata()[0]) for ring in rings] == [1.2, 25.0]


def test_labels_lie_apart_and_in_the_picture() -> None:
    figure = draw([QUICK, SLOW, NEVER])
    figure.draw_without_rendering()
    boxes = [each.get_window_extent() for each in figure.axes[0].texts]
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:number])
        assert box.x1 <= figure.bbox.x1


def test_an_accuracy_of_one_can_be_drawn() -> None:
    figure = draw([Curve("express", (1.0, 2.0), (0.9, 1.0))])
    figure.draw_without_rendering()
    assert all(np.isfinite(line.get_ydata()).all() for line in figure.axes[0].lines)


def test_the_colours_stand_out() -> None:
    assert len(set(COLOURS)) == len(COLOURS)
    assert all(contrast(colour, LIGHT.background) >= 3 for colour in COLOURS)
