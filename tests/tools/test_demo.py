from pathlib import Path

import demo

PICTURES = [Path("demo/home/cat.1.png"), Path("demo/home/dog.1.png")]


class Terminal:
    """Notes each command; the one with the failing word gives 1."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.commands: list[list[str]] = []

    def run(self, command):
        self.commands.append(list(command))
        return 1 if self.failing in command else 0


def test_the_demo_does_the_main_job_in_order():
    terminal = Terminal()
    assert demo.perform(run=terminal.run, trained=lambda: "new", pictures=lambda: PICTURES) == 0
    done = [command[3] for command in terminal.commands[:-1]]
    assert done == ["data", "data", "data", "train", "evaluate", "classify"]
    assert terminal.commands[-1][1].endswith("render_tabs.py")


def test_the_demo_ends_with_the_first_step_that_fails():
    terminal = Terminal("train")
    assert demo.perform(run=terminal.run, trained=lambda: "new", pictures=lambda: PICTURES) == 1
    assert "train" in terminal.commands[-1]


def test_each_step_says_the_command_that_it_runs(capsys):
    demo.perform(run=Terminal().run, trained=lambda: "new", pictures=lambda: PICTURES)
    printed = capsys.readouterr().out
    assert "$ catdog data sample --name sample\n" in printed
    assert "$ catdog evaluate --data sample --run new\n" in printed
    assert "$ catdog classify --run new demo/home/cat.1.png demo/home/dog.1.png\n" in printed


def test_the_pictures_to_classify_are_asked_for_after_the_split():
    terminal = Terminal()

    def pictures():
        assert "split" in terminal.commands[1]
        return PICTURES

    demo.perform(run=terminal.run, trained=lambda: "new", pictures=pictures)
    assert terminal.commands[-2][-2:] == [str(path) for path in PICTURES]


def test_the_demo_writes_to_a_home_of_its_own(monkeypatch):
    monkeypatch.setenv("CATDOG_HOME", "/home/someone/catdog")
    assert demo._environment()["CATDOG_HOME"] == str(demo.HOME)
