"""The chooser of a dataset, the same on each tab that has one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

_NO_DATASET = "No dataset yet"
_LEAST_CHARACTERS = 30


class DatasetCombo(QComboBox):
    """A combo box of datasets, wide enough for a name and its figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def set_datasets(self, words: Sequence[str], chosen: int) -> None:
        """Offer datasets.

        Args:
            words: A line for each.
            chosen: The row that is chosen.
        """
        self.clear()
        self.addItems(list(words) or [_NO_DATASET])
        self.setCurrentIndex(chosen)
