import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMainWindow

from catdog_gui.widgets.device_line import DeviceLine
from training.learning.doctor import diagnose
from training.learning.machine import LINUX, TENSORFLOW, Card, DriverAnswer, MachineFacts

CARD = Card("NVIDIA RTX 4070", 12 * 2**30)
BARE = MachineFacts(LINUX, cores=2, packages={TENSORFLOW: "2.21.0"})
SILENT = MachineFacts(
    LINUX,
    cores=2,
    answer=DriverAnswer(complaint="Driver/library mismatch"),
    loaded_driver="550.54.14",
    cards=(CARD,),
    packages={TENSORFLOW: "2.21.0"},
    has_libcuda=True,
)


@pytest.fixture
def line(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    shown = DeviceLine()
    window.statusBar().addPermanentWidget(shown)
    window.resize(1024, 700)
    window.show()
    yield shown
    window.close()


def words(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.text()]


def test_it_cannot_be_opened_before_something_is_known(line):
    assert line.text() == "Looking for a GPU"
    assert not line.isEnabled()


def test_a_click_says_what_a_training_computes_on_and_why(qtbot, line):
    line.show_diagnosis(diagnose(BARE))
    assert line.text() == "CPU, 2 cores"
    with qtbot.waitSignal(line.opened):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.panel.isVisible()
    assert "CPU, 2 cores" in words(line.panel)
    assert any("no NVIDIA graphics card" in text for text in words(line.panel))
    qtbot.keyClick(line.panel, Qt.Key.Key_Escape)
    assert not line.panel.isVisible()
    line.click()
    line.click()
    assert not line.panel.isVisible()


def test_the_panel_stays_inside_the_window_in_its_corner(line):
    line.show_diagnosis(diagnose(SILENT))
    line.click()
    for size in ((1180, 760), (1024, 700)):
        line.window().resize(*size)
        assert line.window().rect().contains(line.panel.geometry())
        assert line.panel.geometry().bottom() < line.mapTo(line.window(), line.rect().topLeft()).y()


@pytest.mark.fault(77)
def test_a_gpu_that_is_not_used_stands_in_the_line_itself(line):
    line.show_diagnosis(diagnose(SILENT))
    assert line.text() == "CPU, 2 cores, GPU not used"
    assert not line.icon().isNull()
    assert "NVIDIA RTX 4070 · 12 GiB" in words(line.panel)
    assert any(text.startswith("Restart the machine") for text in words(line.panel))


def test_all_of_it_can_be_copied(qtbot, line):
    line.show_diagnosis(diagnose(SILENT))
    line.click()
    copy = line.panel.focusWidget()
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert copy.text() == "Copied"
    text = QGuiApplication.clipboard().text()
    assert text.startswith("catdog ")
    assert "does not answer" in text


def test_another_diagnosis_takes_the_place_of_the_first(qtbot, line):
    line.show_diagnosis(diagnose(SILENT))
    line.show_diagnosis(diagnose(BARE))
    qtbot.waitUntil(lambda: not any("4070" in text for text in words(line.panel)))
    assert line.text() == "CPU, 2 cores"
