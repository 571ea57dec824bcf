"""The page of a report: whole in itself, and honest about names."""

import dataclasses
import re
from pathlib import Path

import pytest

from tests.training.report.pages import Page
from tests.training.runs.making import record
from training.dataset.catalog import CLASSES
from training.inference.agreement import compare_answers
from training.inference.answers import Answers
from training.inference.evaluation import measure_answers
from training.inference.figures import at_threshold
from training.report.facts import ReportFacts, Rival
from training.report.page import page
from training.runs.interval import wilson
from training.runs.model_card import model_card

NASTY = "<img src=x onerror=a('x')> & \"b\" the dog\u2019s.jpg"
LABELS = (0, 0, 0, 0, 1, 1, 1, 1)
P_DOG = (0.01, 0.2, 0.4, 0.97, 0.03, 0.7, 0.8, 0.99)


def answers(p_dog=P_DOG) -> Answers:
    paths = tuple(Path("my folder") / f"{place} {NASTY}" for place in range(len(LABELS)))
    verdicts = tuple(CLASSES[chance >= 0.5] for chance in p_dog)
    return Answers(paths, LABELS, p_dog, ("neither", *verdicts[1:]))


def facts(**changes: object) -> ReportFacts:
    mine = answers()
    whole = ReportFacts(
        run="a <run>",
        source="the folder “a & b”",
        cautions=("These are <known>.",),
        answers=mine,
        metrics=measure_answers(mine),
        card=model_card("a <run>", record()),
        written="2026-01-31",
    )
    return dataclasses.replace(whole, **changes)


def rival() -> Rival:
    theirs = answers((0.01, 0.2, 0.6, 0.1, 0.9, 0.7, 0.8, 0.99))
    return Rival("other", measure_answers(theirs), compare_answers(answers(), theirs))


@pytest.fixture(scope="module")
def html() -> str:
    return page(facts(rival=rival(), thumbnails={3: b"jpeg"}))


def test_the_page_needs_no_script_no_network_and_no_other_file(html: str) -> None:
    whole = Page(html)
    assert not {"script", "link", "iframe", "object", "base", "form"} & set(whole.tags)
    assert not re.search(r"https?:|@import|url\((?!#)", html)
    asked = [value for _, name, value in whole.attributes if name in {"src", "href", "data"}]
    assert asked
    assert all(value.startswith(("#", "data:image/jpeg;base64,")) for value in asked)
    assert not [name for _, name, _ in whole.attributes if name.startswith("on")]
    policy = whole.values("meta", "content")[0]
    assert policy.startswith("default-src 'none'")


def test_names_are_shown_as_they_are_and_are_never_tags(html: str) -> None:
    whole = Page(html)
    for words in (f"3 {NASTY}", "a <run>", "the folder “a & b”", "These are <known>."):
        assert words in whole.text
    assert whole.values("img", "alt") == [f"3 {NASTY}"]
    assert "my folder" not in html


def test_no_two_parts_of_the_page_have_one_name(html: str) -> None:
    names = [value for _, name, value in Page(html).attributes if name == "id"]
    assert len(names) == len(set(names)) > 100


def test_the_figures_stand_there_with_their_intervals(html: str) -> None:
    text = Page(html).text
    interval = wilson(6, 8)
    assert f"75.00 % ({interval.low * 100:.2f} to {interval.high * 100:.2f})" in text
    metrics = measure_answers(answers())
    for value in (metrics.log_loss, metrics.brier, metrics.auc, metrics.ece):
        assert f"{value:.4f}" in text
    for each in at_threshold(answers()).classes:
        assert f"{each.f1:.4f}" in text


def test_each_drawing_has_its_words(html: str) -> None:
    whole = Page(html)
    assert whole.tags.count("svg") == 5
    assert all(words in whole.text for words in whole.values("svg", "aria-label"))
    assert re.search(r"prefers-color-scheme: dark", html)


def test_the_comparison_names_what_only_one_gets_right(html: str) -> None:
    text = Page(html).text
    assert "Compared with other" in text
    assert "Only a <run> is right: 1" in text
    assert "Only other is right: 2" in text
    assert "may well be chance (p = 1, McNemar's exact test)" in text


def test_mistakes_come_the_most_confident_first(html: str) -> None:
    text = Page(html).text
    mistakes = text[text.index("Mistakes: 2") :]
    assert mistakes.index(f"3 {NASTY}") < mistakes.index(f"4 {NASTY}")
    assert mistakes.count("97.0 %") == 3  # twice in the table, once below its picture


def test_without_rival_mistakes_and_pictures_the_page_says_so_or_nothing() -> None:
    mine = answers((0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9))
    whole = Page(page(facts(answers=mine, metrics=measure_answers(mine), cautions=())))
    assert "There are none." in whole.text
    assert "Compared" not in whole.text
    assert "img" not in whole.tags


def test_the_model_card_is_part_of_the_page(html: str) -> None:
    text = Page(html).text
    assert "Model card: a <run>" in text
    assert "Limits" in text
