import pytest
import render_tabs
from PySide6.QtGui import QImage

from catdog_gui import theme
from catdog_gui.main_window import MainWindow
from tests.training.inference.red_or_blue import make_run


@pytest.fixture
def rendered(qapp, home, tmp_path, monkeypatch):
    before = qapp.palette()
    monkeypatch.setenv(theme.THEME_VARIABLE, "light")
    words = ["--home", str(home.root), "--output", str(tmp_path / "demo")]
    status = render_tabs.main([*words, "--theme", "dark", "--size", "1100x720"])
    yield status, sorted((tmp_path / "demo").iterdir())
    qapp.setPalette(before)


def test_each_tab_is_drawn_to_a_file_of_the_size_and_theme_that_were_asked_for(rendered):
    status, files = rendered
    assert status == 0
    assert [path.name for path in files] == [
        "dataset-dark.png",
        "prediction-dark.png",
        "training-dark.png",
    ]
    drawn = [QImage(str(path)) for path in files]
    assert {(image.width(), image.height()) for image in drawn} == {(1100, 720)}
    assert all(image.pixelColor(5, 690).lightness() < 80 for image in drawn)
    assert len({path.read_bytes() for path in files}) == 3


def test_the_newest_run_of_the_home_gives_the_verdicts(qapp, qtbot, home):
    run = make_run(home)
    window = MainWindow(home)
    qtbot.addWidget(window)
    window.show()
    render_tabs.classify_some(qapp, window, home)
    assert window.tabs.prediction.models.run == run.name
    window.leave()
