"""What is said of pictures that came, and the next steps that it offers."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from catdog_gui.dataset_tab import words
from catdog_gui.dataset_tab.jobs import Imported
from catdog_gui.dataset_tab.messages import Messages
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.dataset_tab.work import Work
from catdog_gui.widgets.banner import BannerKind
from training.dataset.picture import DatasetInfo

_SHOW_SPLIT = "Split…"
_GO_ON = "Go to training"
_CHANGE = "Change…"


class ArrivalNews(QObject):
    """Tells what came, and leads on to the split, or to training.

    Args:
        page: Has the split form.
        work: Knows what the job found worth saying.
        messages: Say it.

    Signals:
        training_requested: The user wants to go on to training.
        change_requested: The user says that folders of this `Imported` show something else.
    """

    training_requested = Signal()
    change_requested = Signal(object)

    def __init__(
        self, page: DatasetPage, work: Work, messages: Messages, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._work = work
        self._messages = messages

    def tell_imported(self, imported: Imported) -> None:
        """Tell what was brought, and what its folders were taken for."""
        said, rest = words.brought_words(imported)
        is_ready = words.is_split(imported.info) and not (imported.adds and rest)
        hint = f"{imported.mapping}. {rest}".strip()
        self._tell(said, hint, is_ready=is_ready, doubtful=imported if imported.doubtful else None)

    def tell_drawn(self, info: DatasetInfo) -> None:
        """Tell of a dataset of which there is nothing to ask."""
        said, hint = words.imported_words(info), words.set_aside_words(info)
        self._tell(said, hint, is_ready=words.is_split(info))

    def _tell(
        self, said: str, hint: str, *, is_ready: bool, doubtful: Imported | None = None
    ) -> None:
        self._messages.say(
            BannerKind.SUCCESS,
            said,
            hint=hint,
            details=self._work.notices,
            action=_GO_ON if is_ready else _SHOW_SPLIT,
            do=self.training_requested.emit if is_ready else self._page.show_split_form,
            other=_CHANGE if doubtful else "",
            do_other=partial(self.change_requested.emit, doubtful),
        )
