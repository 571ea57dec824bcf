"""What can be judged, and what the user chose of it, as the page's rows."""

from collections.abc import Sequence

from catdog_gui.judging import words
from catdog_gui.judging.facts import Choices
from catdog_gui.judging.page import JudgingPage
from catdog_gui.prediction_tab.words import run_words
from training.dataset.picture import Split
from training.inference.labelled import FolderSource, Source, SplitSource
from training.runs.lab_book import RunInfo


class JudgingChoice:
    """Keeps the runs and the pictures that the page offers.

    Args:
        page: Offers them.
    """

    def __init__(self, page: JudgingPage) -> None:
        self._page = page
        self._runs: Sequence[RunInfo] = ()
        self._splits: Sequence[tuple[SplitSource, int]] = ()
        self._folders: list[FolderSource] = []

    @property
    def run(self) -> RunInfo | None:
        """The run that is to be judged."""
        return self._runs[self._page.run_row] if self._runs else None

    @property
    def source(self) -> Source | None:
        """The pictures that it is to be judged on."""
        sources = self._sources
        return sources[self._page.source_row] if sources else None

    @property
    def rival(self) -> RunInfo | None:
        """The run that is to be compared with; a run is not compared with itself."""
        row = self._page.rival_row
        rival = self._runs[row] if row >= 0 else None
        return None if rival == self.run else rival

    def update(self, choices: Choices, wanted: str) -> None:
        """Offer what there is now.

        Args:
            choices: That.
            wanted: The name of the run to choose; one that is not there chooses the first.
        """
        source = self.source
        self._runs, self._splits = choices.runs, choices.sources
        names = [info.run for info in self._runs]
        row = names.index(wanted) if wanted in names else 0
        self._page.set_runs([run_words(info) for info in self._runs], row)
        self._offer_sources(source)

    def add_folder(self, source: FolderSource) -> None:
        """Offer the pictures of a folder, and choose them."""
        if source not in self._folders:
            self._folders.append(source)
        self._offer_sources(source)

    @property
    def _sources(self) -> Sequence[Source]:
        return [*(source for source, _ in self._splits), *self._folders]

    def _offer_sources(self, wanted: Source | None) -> None:
        sources = self._sources
        chosen = wanted if wanted in sources else self._usual_source()
        lines = [words.source_words(source, pictures) for source, pictures in self._splits]
        lines += [words.source_words(source) for source in self._folders]
        self._page.set_sources(lines, sources.index(chosen) if chosen is not None else 0)
        self._page.set_hint(words.source_hint(self.source))

    def _usual_source(self) -> Source | None:
        """The validation split of the run's own dataset, else any, else what there is."""
        run, sources = self.run, self._sources
        own = SplitSource(run.dataset, Split.VALIDATION) if run is not None else None
        if own in sources:
            return own
        validation = (s for s, _ in self._splits if s.split is Split.VALIDATION)
        return next(validation, sources[0] if sources else None)
