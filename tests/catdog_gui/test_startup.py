import os
import subprocess
import sys

import pytest

HEAVY = (
    *("keras", "tensorflow", "onnxruntime", "onnx", "sklearn", "matplotlib", "scipy"),
    *("kaggle", "kagglesdk", "requests", "urllib3", "keyring"),
    *("training.dataset.kaggle.client", "training.dataset.kaggle.job"),
    *("catdog_gui.judging.controller", "catdog_gui.judging.page", "catdog_gui.judging.facts"),
    *("training.inference.agreement", "training.inference.figures", "training.inference.groups"),
    "catdog_gui.guide.window",
)

SHOW_WINDOW = """
import sys
from catdog_gui.app import build_application
app = build_application()
from catdog_gui.main_window import MainWindow
window = MainWindow()
window.show()
app.processEvents()
assert window.isVisible()
print(*sorted(sys.modules), sep="\\n")
window.leave()
"""

RUN_COMMAND = """
import sys
from catdog_gui.__main__ import main
sys.argv = ["catdog", "--version"]
assert main() == 0
print(*sorted(sys.modules), sep="\\n")
"""

START_WITHOUT_SCREEN = """
import gc
from catdog_gui import program
program.has_screen = lambda: False
from {module} import main
assert main() == 1
print(gc.get_freeze_count())
"""


def modules_after(script, home) -> set[str]:
    return set(printed_by(script, home).split("\n"))


def printed_by(script, home) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        env={**os.environ, "CATDOG_HOME": str(home.root), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def loaded_by_window(tmp_path_factory):
    from training.home import Home

    return modules_after(SHOW_WINDOW, Home(tmp_path_factory.mktemp("home")))


@pytest.mark.parametrize("name", HEAVY)
def test_the_window_opens_without(name, loaded_by_window):
    assert "catdog_gui.main_window" in loaded_by_window
    assert name not in loaded_by_window


def test_the_command_line_opens_without_qt(home):
    loaded = modules_after(RUN_COMMAND, home)
    assert "training.cli" in loaded
    assert not {name for name in loaded if name.startswith(("PySide6", "shiboken6"))}


@pytest.mark.parametrize("module", ["catdog_gui.__main__", "catdog_gui.viewer"])
def test_what_the_start_imports_is_not_looked_through_for_garbage(module, home):
    assert int(printed_by(START_WITHOUT_SCREEN.format(module=module), home)) > 50_000
