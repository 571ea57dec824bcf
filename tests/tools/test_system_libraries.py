import subprocess
from collections.abc import Sequence

import pytest
import system_libraries
from system_libraries import missing_packages, provide, uses_apt

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
UBUNTU = "ID=ubuntu\nID_LIKE=debian\n"
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = 'ID=fedora\nPLATFORM_ID="platform:f42"\n'


class Machine:
    """Plays a system: answers `dpkg-query`, `sudo` and `apt-get`, and notes what it was told."""

    def __init__(
        self, installed: Sequence[str] = (), *, sudo: bool = False, apt_works: bool = True
    ) -> None:
        self.installed = installed
        self.sudo = sudo
        self.apt_works = apt_works
        self.commands: list[list[str]] = []

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        self.commands.append(list(command))
        if command[0] == "dpkg-query":
            known = [name for name in command[4:] if name in self.installed]
            answer = "".join(f"{name} installed\n" for name in known)
            return subprocess.CompletedProcess(command, 1, answer, "no packages found matching …")
        if "apt-get" in command:
            return subprocess.CompletedProcess(command, 0 if self.apt_works else 100, "", "")
        return subprocess.CompletedProcess(command, 0 if self.sudo else 1, "", "")

    def apt_commands(self) -> list[str]:
        return [" ".join(command) for command in self.commands if "apt-get" in command]


@pytest.mark.parametrize("os_release", [DEBIAN, UBUNTU, MINT])
def test_debian_and_its_relatives_use_apt(os_release):
    assert uses_apt(os_release)


@pytest.mark.parametrize("os_release", [FEDORA, "", "# no rows here\n"])
def test_other_systems_are_left_alone(os_release):
    assert not uses_apt(os_release)


def test_only_what_is_not_installed_is_missing():
    machine = Machine(["libegl1"])
    assert missing_packages(["libegl1", "libgl1"], run=machine.run) == ["libgl1"]


def test_a_library_under_its_newer_name_is_not_missing():
    machine = Machine(["libglib2.0-0t64"])
    assert missing_packages(["libglib2.0-0"], run=machine.run) == []


def test_a_package_that_was_removed_with_its_settings_kept_is_missing():
    def run(command):
        return subprocess.CompletedProcess(command, 0, "libegl1 config-files\n", "")

    assert missing_packages(["libegl1"], run=run) == ["libegl1"]


def test_root_installs_after_an_update(capsys):
    machine = Machine()
    assert provide(["libegl1"], run=machine.run, install=machine.run, is_root=True) == 0
    assert machine.apt_commands() == [
        "apt-get update -qq",
        "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libegl1",
    ]
    assert "libegl1" in capsys.readouterr().out


def test_sudo_is_used_where_it_asks_for_no_password():
    machine = Machine(sudo=True)
    assert provide(["libegl1"], run=machine.run, install=machine.run, is_root=False) == 0
    assert all(command.startswith("sudo -n ") for command in machine.apt_commands())


def test_without_permission_nothing_runs_and_one_line_says_what_to_type(capsys):
    machine = Machine()
    missing = ["libegl1", "libgl1"]
    assert provide(missing, run=machine.run, install=machine.run, is_root=False) == 1
    assert machine.apt_commands() == []
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "  sudo apt-get install -y --no-install-recommends libegl1 libgl1"


def test_an_installation_that_fails_says_the_line_too(capsys):
    machine = Machine(apt_works=False)
    assert provide(["libegl1"], run=machine.run, install=machine.run, is_root=True) == 1
    assert "sudo apt-get install" in capsys.readouterr().out


def test_a_window_needs_all_that_an_offscreen_one_needs():
    sets = system_libraries.SETS
    assert set(sets["offscreen"]) < set(sets["window"])
    assert sets["venv"] == ()


@pytest.mark.parametrize("arguments", [[], ["kitchen"], ["window", "offscreen"]])
def test_wrong_usage_exits_with_2(arguments, capsys):
    assert system_libraries.main(arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_a_system_without_apt_is_done_at_once(monkeypatch):
    monkeypatch.setattr(system_libraries, "_read_os_release", lambda: FEDORA)
    monkeypatch.setattr(system_libraries, "_run_quietly", None)
    assert system_libraries.main(["window"]) == 0


def test_a_debian_with_everything_is_done_quietly(monkeypatch, capsys):
    machine = Machine(system_libraries.SETS["window"])
    monkeypatch.setattr(system_libraries, "_read_os_release", lambda: DEBIAN)
    monkeypatch.setattr(system_libraries, "_run_quietly", machine.run)
    monkeypatch.setattr(system_libraries, "_run_visibly", None)
    assert system_libraries.main(["window"]) == 0
    assert capsys.readouterr().out == ""


def test_a_missing_tool_counts_as_a_failed_one():
    answer = system_libraries._run_quietly(["a-tool-that-no-system-has"])
    assert answer.returncode == 127


def test_debians_venv_package_is_wanted_where_python_came_without_ensurepip(monkeypatch):
    monkeypatch.setattr(system_libraries.sys, "prefix", system_libraries.sys.base_prefix)
    monkeypatch.setattr(system_libraries.importlib.util, "find_spec", lambda _name: None)
    version = system_libraries.sys.version_info.minor
    assert system_libraries._venv_package() == (f"python3.{version}-venv",)


def test_a_bundle_wants_the_library_of_debians_python(monkeypatch):
    version = system_libraries.sys.version_info.minor
    monkeypatch.setattr(system_libraries.sys, "base_prefix", "/usr")
    assert system_libraries._python_library() == (f"libpython3.{version}",)
    monkeypatch.setattr(system_libraries.sys, "base_prefix", "/opt/python")
    assert system_libraries._python_library() == ()
