"""What the runs say of each picture, told where the picture is shown."""

from collections.abc import Iterator, Mapping

from catdog_gui.judging.facts import Judged
from catdog_gui.judging.words import answer_words
from catdog_gui.widgets.thumbnail_model import Remark
from training.dataset.picture import CLASSES
from training.inference.answers import Answers


class AnswerRemarks(Mapping[int, Remark]):
    """The remarks by the pictures' ids, each made when it is looked at.

    Args:
        judged: The run and its answers.
        threshold: From this p_dog on a picture is called a dog, in [0, 1].
    """

    def __init__(self, judged: Judged, threshold: float) -> None:
        self._judged = judged
        self._threshold = threshold
        self._places = _places(judged, judged.asked)
        self._their_places = {} if judged.rival is None else _places(judged, judged.rival.asked)

    def __getitem__(self, picture: int) -> Remark:
        reason = self._words(self._judged.asked, self._places[picture])
        if self._judged.rival is not None and picture in self._their_places:
            theirs = self._words(self._judged.rival.asked, self._their_places[picture])
            reason = f"{reason} The other: {theirs[0].lower()}{theirs[1:]}"
        kept = self._judged.kept
        first_label = "" if kept is None else kept.journal.first_labels.get(picture, "")
        return Remark(reason, first_label=first_label)

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _words(self, answers: Answers, place: int) -> str:
        p_dog = answers.p_dog[place]
        is_dog = p_dog >= self._threshold
        confidence = p_dog if is_dog else 1 - p_dog
        return answer_words(CLASSES[is_dog], confidence, verdict=answers.verdicts[place])


def _places(judged: Judged, answers: Answers) -> Mapping[int, int]:
    return {judged.ids[path]: place for place, path in enumerate(answers.paths)}
