"""A report from pictures to file, with the model that ships."""

import base64
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.training.report.pages import Page
from training.cancellation import Cancelled, CancelToken
from training.dataset.sample import draw_picture
from training.errors import ConfigError
from training.events import Stage, StageStarted, VerdictReached
from training.report import Report, write_report
from training.runs.lab_book import default_run

SECRET = "taken at home"


@pytest.fixture
def pictures(tmp_path: Path) -> list[tuple[Path, str]]:
    """Cats and dogs, of which the last cat is said to be a dog: a mistake whatever the model."""
    folder = tmp_path / "private place"
    folder.mkdir()
    rows = []
    for number, label in enumerate(["cat", "dog"] * 3):
        path = folder / f"{label} & {number}.jpg"
        exif = Image.Exif()
        exif[0x010E] = SECRET
        drawn = draw_picture(label, number, seed=5, size_px=96)
        drawn.save(path, exif=exif, comment=SECRET.encode())
        rows.append((path, label))
    mislabelled = shutil.copy(rows[0][0], folder / "cat & 6.jpg")
    return [*rows, (mislabelled, "dog")]


def write(pictures, output: Path, **named: object) -> Report:
    arguments = {
        "source": "the folder “pets”", "emit": lambda _: None, "token": CancelToken(),
    }  # fmt: skip
    return write_report(default_run().folder, pictures, output, **(arguments | named))


def test_a_report_is_one_file_that_names_pictures_but_not_their_folder(
    pictures, tmp_path: Path
) -> None:
    output = tmp_path / "report.html"
    before = {path: path.read_bytes() for path, _ in pictures}
    report = write(pictures, output)
    html = output.read_text(encoding="utf-8")
    assert (report.path, report.metrics.pictures) == (output, 7)
    assert len(report.mistakes) >= 1
    assert pictures[report.mistakes[0].index][0].name in Page(html).text
    assert "private place" not in html
    assert "img" not in Page(html).tags
    assert sorted(path.name for path in tmp_path.iterdir()) == ["private place", "report.html"]
    assert before == {path: path.read_bytes() for path, _ in pictures}


def test_pictures_are_shown_only_when_asked_for_and_without_what_their_files_say(
    pictures, tmp_path: Path
) -> None:
    output = tmp_path / "report.html"
    report = write(pictures, output, with_pictures=True)
    sources = Page(output.read_text(encoding="utf-8")).values("img", "src")
    assert len(sources) == len(report.mistakes)
    for source in sources:
        jpeg = base64.b64decode(source.removeprefix("data:image/jpeg;base64,"), validate=True)
        assert SECRET.encode() not in jpeg
        with Image.open(io.BytesIO(jpeg)) as small:
            assert small.format == "JPEG"
            assert max(small.size) == 96


def test_a_run_is_compared_with_another_on_the_same_pictures(pictures, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(default_run().folder, other)
    report = write(pictures, tmp_path / "report.html", other=other)
    assert report.agreement is not None
    assert report.agreement.p_value == 1.0
    assert not report.agreement.only_first + report.agreement.only_second
    assert "Compared with other" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_page_says_how_many_pictures_could_not_be_read(pictures, tmp_path: Path) -> None:
    damaged = tmp_path / "private place" / "damaged.jpg"
    damaged.write_bytes(b"no picture")
    report = write([*pictures, (damaged, "cat")], tmp_path / "report.html")
    assert report.metrics.pictures == len(pictures)
    assert "1 picture cannot be read; it does not count." in (tmp_path / "report.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("name", ["report.pdf", "report", "gone/report.html", ""])
def test_an_output_that_cannot_be_is_refused_before_any_picture_is_read(
    pictures, tmp_path: Path, name: str
) -> None:
    said: list[object] = []
    with pytest.raises(ConfigError):
        write(pictures, tmp_path / name, emit=said.append)
    assert said == []


@pytest.mark.parametrize("when", [VerdictReached, Stage.WRITING_REPORT])
def test_a_cancel_leaves_the_old_report_as_it_was(pictures, tmp_path: Path, when) -> None:
    output = tmp_path / "report.html"
    output.write_text("old", encoding="utf-8")
    token = CancelToken()

    def emit(event) -> None:
        if (isinstance(event, StageStarted) and event.stage == when) or type(event) is when:
            token.cancel()

    with pytest.raises(Cancelled):
        write(pictures, output, emit=emit, token=token)
    assert output.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 2
