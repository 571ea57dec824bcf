"""Verdicts at a steady pace, none lost."""

from catdog_gui.prediction_tab.verdict_flow import VerdictFlow
from training.events import Verdict

VERDICTS = [Verdict(f"{number}.jpg", "cat", 0.1, 0.9) for number in range(50)]


def test_the_first_comes_at_once_and_the_others_together(qtbot):
    flow, handfuls = VerdictFlow(), []
    flow.came.connect(handfuls.append)
    for verdict in VERDICTS:
        flow.add(verdict)
    assert handfuls == [(VERDICTS[0],)]
    qtbot.waitUntil(lambda: len(handfuls) == 2)
    assert [verdict for handful in handfuls for verdict in handful] == VERDICTS


def test_what_waits_can_be_had_at_once(qtbot):
    flow, handfuls = VerdictFlow(), []
    flow.came.connect(handfuls.append)
    for verdict in VERDICTS[:3]:
        flow.add(verdict)
    flow.flush()
    flow.flush()
    assert handfuls == [(VERDICTS[0],), (VERDICTS[1], VERDICTS[2])]
