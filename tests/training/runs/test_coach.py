"""The coach, on recorded curves: the right word for each bad one, and none for the good ones."""

import dataclasses
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.events import EpochEnded
from training.runs.coach import Advice, advice
from training.runs.coach_rules import RULES, Tone
from training.runs.curve import Circumstances, Ended
from training.runs.history import HISTORY_FILE, read_history, write_history

REPOSITORY = Path(__file__).resolve().parents[3]
CURVES = Path(__file__).parent / "curves"
ALL_KEYS = {rule.key for rule in RULES}


def recorded(name: str, folder: Path) -> tuple[EpochEnded, ...]:
    """A curve of ours, through the door that a run's history goes through."""
    (folder / HISTORY_FILE).write_bytes((CURVES / f"{name}.csv").read_bytes())
    return read_history(folder)


def published(preset: str) -> list[EpochEnded]:
    """The curve behind the README's figure; it has accuracies only, so the losses are theirs.

    A network that is right with a share of its pictures, and as sure as that, has this log loss.
    """
    text = (REPOSITORY / "benchmarks" / "results" / f"accuracy-{preset}.json").read_text()
    shares = [float(row["val_accuracy"]) for row in json.loads(text)["curve"]]
    losses = [-(p * math.log(p) + (1 - p) * math.log(1 - p)) for p in shares]
    return [
        epoch(number, loss=loss, accuracy=share, val_loss=loss, val_accuracy=share)
        for number, (share, loss) in enumerate(zip(shares, losses, strict=True))
    ]


def epoch(number: int, **figures: float) -> EpochEnded:
    usual = {"loss": 0.4, "accuracy": 0.8, "val_loss": 0.4, "val_accuracy": 0.8}
    return EpochEnded(number, **(usual | figures), seconds=5.0, images_per_second=190.0)


def said(history: Sequence[EpochEnded], **changes: object) -> Advice:
    usual = {"epochs_planned": len(history), "validation_pictures": 900}
    found = advice(history, Circumstances(**(usual | changes)))
    assert found is not None
    return found


def said_while_learning(history: Sequence[EpochEnded], **changes: object) -> list[str]:
    """The rule that speaks after each epoch."""
    whole = {"epochs_planned": len(history), **changes}
    return [said(history[:number], **whole).key for number in range(1, len(history) + 1)]


@pytest.mark.parametrize(
    ("curve", "key", "first_said"),
    [
        ("not-a-number", "not-a-number", 5),
        ("rate-too-high-from-the-start", "blown-up", 3),
        ("rate-too-high-jumping-at-chance", "blown-up", 5),
        ("rate-too-high-climbing", "rate-too-high", 11),
        ("rate-too-high-jumping", "rate-too-high", 6),
        ("chance", "chance", 4),
        ("overfitting", "overfitting", 17),
        ("underfitting", "underfitting", 20),
        ("plateau", "plateau", 33),
    ],
)
def test_a_bad_curve_gets_its_word_and_no_other(tmp_path, curve, key, first_said):
    keys = said_while_learning(recorded(curve, tmp_path))
    assert set(keys) == {"still-learning", key}
    assert keys.index(key) + 1 == first_said
    assert keys[-1] == key


@pytest.mark.parametrize(
    ("history", "pictures", "starts"),
    [
        pytest.param(published("notebook"), 1000, (0,), id="notebook"),
        pytest.param(published("express"), 2000, (0,), id="express"),
        pytest.param(published("fine-tune"), 2000, (0, 2, 3), id="fine-tune"),
        pytest.param(
            read_history(REPOSITORY / "resources" / "default"), 2000, (0, 2, 3), id="ships"
        ),
    ],
)
def test_a_good_curve_is_never_blamed(history, pictures, starts):
    keys = said_while_learning(history, validation_pictures=pictures, phase_starts=starts)
    assert set(keys) == {"still-learning"}


def test_a_few_pictures_of_validation_are_not_taken_at_their_word(tmp_path):
    history = recorded("learning-the-sample-set", tmp_path)
    assert set(said_while_learning(history, validation_pictures=40)) == {"still-learning"}


def test_luck_on_few_pictures_is_not_taken_for_guessing_where_the_loss_is_good():
    history = [epoch(n, loss=0.55, val_loss=0.6, val_accuracy=0.7) for n in range(5)]
    assert said(history, validation_pictures=40).key == "still-learning"
    guessing = [dataclasses.replace(each, loss=0.69, val_loss=0.69) for each in history]
    assert said(guessing, validation_pictures=40).key == "chance"


def test_a_loss_that_rises_on_few_pictures_is_not_yet_overfitting():
    history = [epoch(n, loss=0.4 - n / 50, val_loss=0.4 if n < 5 else 0.46) for n in range(8)]
    assert said(history, validation_pictures=2000).key == "overfitting"
    assert said(history, validation_pictures=40).key == "still-learning"


def test_both_losses_rising_is_not_learning_by_heart():
    history = [epoch(n, loss=0.4 + n / 200, val_loss=0.4 if n < 5 else 0.5) for n in range(8)]
    assert said(history).key == "still-learning"


def test_one_answer_for_all_is_told_by_the_two_accuracies_that_it_can_have(tmp_path):
    lost = recorded("rate-too-high-from-the-start", tmp_path)[1:]  # without the explosion
    found = said(lost)
    assert found.key == "one-answer"
    assert "same answer, for 11 epochs" in found.sentence


def test_a_network_that_hardly_moves_is_not_said_to_have_one_answer(tmp_path):
    history = recorded("chance", tmp_path)  # 50.2 % again and again, and never 49.8 %
    assert len({each.val_accuracy for each in history[1:]}) == 1
    assert said(history).key == "chance"


def test_a_network_that_comes_back_from_a_bad_start_is_not_blown_up():
    history = [epoch(0, loss=163.7, val_loss=0.69, val_accuracy=0.52, accuracy=0.5)]
    history += [epoch(n, loss=0.6 - n / 50, val_loss=0.6 - n / 50) for n in range(1, 8)]
    assert said(history).key == "still-learning"


def test_training_accuracy_below_validation_is_not_underfitting():
    history = [
        epoch(n, loss=0.3, accuracy=0.70, val_loss=0.1, val_accuracy=0.97 + n % 2 / 500)
        for n in range(12)
    ]
    assert said(history).key == "plateau"


def test_rising_through_noise_is_hardly_ever_called_a_plateau():
    """Rises by 0.01 an epoch, with the spread of the notebook's validation accuracy (0.0125)."""
    noise = random.Random(0)
    called = 0
    for _ in range(300):
        history = [
            epoch(n, val_accuracy=0.6 + 0.01 * n + noise.gauss(0, 0.0125), val_loss=0.7 - n / 50)
            for n in range(20)
        ]
        called += said(history).key == "plateau"
    assert called == 0


def test_a_loss_that_still_falls_is_no_plateau(tmp_path):
    history = [
        dataclasses.replace(each, val_loss=0.5 - each.epoch / 100)
        for each in recorded("plateau", tmp_path)
    ]
    assert said(history).key == "still-learning"


def test_a_curve_that_swings_too_wildly_is_no_plateau():
    history = [epoch(n, val_accuracy=0.8 + 0.06 * (-1) ** n) for n in range(12)]
    assert said(history).key == "still-learning"


def test_an_accuracy_that_falls_is_no_plateau():
    assert said([epoch(n, val_accuracy=0.9 - n / 50) for n in range(12)]).key == "still-learning"


def jump_at(border: int) -> list[EpochEnded]:
    """Larger pictures from one epoch on: both losses jump up, and fall again."""
    falls = [0.6 - n / 50 for n in range(border)] + [0.9 - n / 50 for n in range(5)]
    return [epoch(n, loss=loss, val_loss=loss) for n, loss in enumerate(falls)]


def test_a_jump_at_a_phases_border_is_no_fault():
    history = jump_at(20)
    borders = {"phase_starts": (0, 20, 42)}
    assert set(said_while_learning(history, **borders)) == {"still-learning"}
    assert said(history).key == "rate-too-high"  # the same without a border


@pytest.mark.parametrize(
    ("ended", "key", "why"),
    [
        (Ended.ALL_EPOCHS, "ended", "Stopped because all 7 epochs are done"),
        (Ended.FINISH_NOW, "ended", "Stopped because you finished it after 7 of 7 epochs"),
        (Ended.BROKEN_OFF, "broken-off", "It has 7 of 7 epochs and is not finished"),
    ],
)
def test_a_run_that_ended_says_why_and_which_epoch_was_best(ended, key, why):
    history = read_history(REPOSITORY / "resources" / "default")
    found = said(history, ended=ended, validation_pictures=2000, phase_starts=(0, 2, 3))
    assert found.key == key
    assert found.sentence == f"{why}; best was epoch 7 (98.7\u00a0%)."
    assert ("Resume" in found.next_step) == (key == "broken-off")


def test_a_run_that_ended_while_it_rose_is_told_to_take_more_epochs():
    history = published("notebook")
    assert said(history, ended=Ended.ALL_EPOCHS).key == "cut-short"
    assert "more epochs" in said(history, ended=Ended.ALL_EPOCHS).next_step
    assert said(history, ended=Ended.FINISH_NOW).key == "ended"  # its user wanted no more


def test_a_rise_at_the_beginning_alone_is_not_called_cut_short():
    shares = [0.9, 0.93, 0.95, 0.96] + [0.97] * 6
    history = [epoch(n, val_accuracy=share, val_loss=1 - share) for n, share in enumerate(shares)]
    assert said(history, ended=Ended.ALL_EPOCHS).key == "ended"


def test_nobody_is_told_to_do_better_than_all_right():
    history = [epoch(n, val_accuracy=min(1.0, 0.6 + n / 10), val_loss=0.1) for n in range(20)]
    assert said(history).key == "all-right"
    assert said(history, ended=Ended.ALL_EPOCHS).next_step == ""


def test_a_short_run_that_is_seldom_right_is_not_called_good():
    found = said([epoch(0, val_accuracy=0.55)], ended=Ended.ALL_EPOCHS, validation_pictures=40)
    assert (found.key, found.tone) == ("seldom-right", Tone.NEUTRAL)
    assert found.sentence.startswith("Stopped because its only epoch is done; best was epoch 1")


def test_a_run_that_broke_off_at_no_number_is_not_told_to_resume():
    found = said([epoch(0)], ended=Ended.BROKEN_OFF, is_number=False)
    assert "smaller learning rate" in found.next_step


def test_a_phase_before_the_last_is_no_plateau(tmp_path):
    history = recorded("plateau", tmp_path)
    assert said(history, phase_starts=(0, 40)).key == "still-learning"


def test_a_training_accuracy_that_rises_is_not_underfitting(tmp_path):
    flat = recorded("underfitting", tmp_path)
    rising = [dataclasses.replace(each, accuracy=0.45 + each.epoch / 100) for each in flat]
    assert said(rising).key == "plateau"


def test_a_finding_stays_when_the_run_ends_with_a_step_for_that(tmp_path):
    history = recorded("overfitting", tmp_path)
    found = said(history, ended=Ended.ALL_EPOCHS)
    assert "since epoch 7" in found.sentence
    assert "all 30 epochs are done; best was epoch 24" in found.sentence
    assert "Finish now" in said(history).next_step
    assert "Finish now" not in found.next_step


def test_while_it_learns_well_the_best_epoch_is_named():
    history = published("express")[:7]
    assert said(history).sentence == "Still learning; best was epoch 5 (98.6\u00a0%)."


def test_nothing_is_said_of_no_epoch():
    assert advice([], Circumstances(epochs_planned=5, validation_pictures=900)) is None


ANY_NUMBER = st.floats(allow_nan=True, allow_infinity=True)
LIKELY = st.one_of(st.floats(0, 1), ANY_NUMBER)
ANY_EPOCH = st.builds(
    EpochEnded,
    st.integers(0, 60),
    *[LIKELY] * 4,
    seconds=st.just(1.0),
    images_per_second=st.just(1.0),
)
ANY_CIRCUMSTANCES = st.builds(
    Circumstances,
    epochs_planned=st.integers(1, 10_000),
    validation_pictures=st.integers(0, 100_000),
    ended=st.sampled_from([None, *Ended]),
    is_number=st.booleans(),
    phase_starts=st.lists(st.integers(0, 60), max_size=4).map(tuple),
)


@given(st.lists(ANY_EPOCH, min_size=1, max_size=40), ANY_CIRCUMSTANCES)
def test_there_is_a_sentence_for_any_history_and_no_error(history, circumstances):
    found = advice(history, circumstances)
    assert found is not None
    assert found.key in ALL_KEYS
    assert found.sentence.endswith(".")
    assert not {"{", "}", "!"} & set(found.sentence + found.next_step)


def test_a_curve_that_is_not_a_number_survives_the_disk(tmp_path):
    history = [epoch(0), epoch(1, val_loss=math.nan)]
    write_history(tmp_path, history)
    assert said(read_history(tmp_path)).key == "not-a-number"
