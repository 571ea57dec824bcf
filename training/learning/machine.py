"""What can be known of a machine's graphics cards without loading TensorFlow: facts, no opinions.

The opinions stand in `training.learning.doctor`.
"""

import ctypes
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LINUX, WINDOWS, MAC = "Linux", "Windows", "Darwin"
TENSORFLOW, TENSORFLOW_CPU, TENSORFLOW_METAL = "tensorflow", "tensorflow-cpu", "tensorflow-metal"
UNNAMED_CARD = "NVIDIA graphics card"

_NVIDIA_FACTS = Path("/proc/driver/nvidia")
_PCI_DEVICES = Path("/sys/bus/pci/devices")
_NVIDIA, _AMD = "0x10de", "0x1002"
_DISPLAY_CLASS = "0x03"
_WSL_GPU = Path("/dev/dxg")
_WSL_TOOLS = "/usr/lib/wsl/lib"
_CUDA_EXTRA = re.compile(r"^([\w.-]+).*extra\s*==\s*['\"]and-cuda['\"]")
_QUERY = "--query-gpu=name,memory.total,compute_cap,driver_version"
_PATIENCE_S = 10.0
"""A driver that starts up for the first query needs seconds; one that hangs never answers."""


@dataclass(frozen=True)
class Card:
    """A graphics card.

    Attributes:
        name: Its maker's name for it.
        memory: In bytes; 0 where nothing tells it.
        capability: CUDA's compute capability, such as "8.9"; empty where nothing tells it.
    """

    name: str
    memory: int = 0
    capability: str = ""


@dataclass(frozen=True)
class DriverAnswer:
    """What `nvidia-smi` says.

    Attributes:
        cards: The cards that it lists.
        version: The driver's version.
        complaint: What it says instead; empty where it lists cards, or is not there.
    """

    cards: tuple[Card, ...] = ()
    version: str = ""
    complaint: str = ""


@dataclass(frozen=True)
class MachineFacts:
    """What is known of a machine.

    Attributes:
        system: `LINUX`, `WINDOWS`, `MAC`, or another name.
        processor: Such as "x86_64" or "arm64".
        cores: Processor cores that this program may use.
        memory: RAM in bytes; 0 where nothing tells it.
        is_wsl: Linux inside Windows.
        has_wsl_gpu: Windows passes a graphics card on to it.
        is_bundle: The program is a standalone folder, with libraries of its own.
        answer: What NVIDIA's driver says.
        loaded_driver: The version of NVIDIA's driver in the Linux kernel; empty for none.
        cards: NVIDIA's cards, by whatever names them: the driver, or the bus.
        has_amd_card: There is a card of AMD's.
        has_libcuda: The driver's library for computing can be opened.
        hides_cards: The environment hides all cards from CUDA.
        packages: The versions of TensorFlow's packages that are installed.
        missing: Packages of TensorFlow's CUDA extra that are not installed.
    """

    system: str
    processor: str = "x86_64"
    cores: int = 1
    memory: int = 0
    is_wsl: bool = False
    has_wsl_gpu: bool = False
    is_bundle: bool = False
    answer: DriverAnswer = DriverAnswer()
    loaded_driver: str = ""
    cards: tuple[Card, ...] = ()
    has_amd_card: bool = False
    has_libcuda: bool = False
    hides_cards: bool = False
    packages: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def machine_facts() -> MachineFacts:
    """Gather the facts of this machine; takes up to some seconds where a driver starts up."""
    answer = ask_driver()
    makers = card_makers(_PCI_DEVICES)
    named = answer.cards or named_cards(_NVIDIA_FACTS)
    return MachineFacts(
        system=platform.system(),
        processor=platform.machine(),
        cores=core_count(),
        memory=installed_memory(),
        is_wsl="microsoft" in platform.release().lower(),
        has_wsl_gpu=_WSL_GPU.exists(),
        is_bundle=bool(getattr(sys, "frozen", False)),
        answer=answer,
        loaded_driver=loaded_driver(_NVIDIA_FACTS),
        cards=named or (Card(UNNAMED_CARD),) * makers.count(_NVIDIA),
        has_amd_card=_AMD in makers,
        has_libcuda=_can_open("nvcuda.dll" if os.name == "nt" else "libcuda.so.1"),
        hides_cards=os.environ.get("CUDA_VISIBLE_DEVICES", "0").strip() in {"", "-1"},
        packages=_installed(TENSORFLOW, TENSORFLOW_CPU, TENSORFLOW_METAL),
        missing=_missing_cuda_packages(),
    )


def core_count() -> int:
    """Processor cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def installed_memory() -> int:
    """RAM in bytes; 0 where the system does not say it this way."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return 0


def ask_driver() -> DriverAnswer:
    """What `nvidia-smi` says; it comes with NVIDIA's driver, on Windows and in WSL2 too."""
    places = os.pathsep.join([*os.get_exec_path(), _WSL_TOOLS])
    tool = shutil.which("nvidia-smi", path=places)
    if tool is None:
        return DriverAnswer()
    words = [tool, _QUERY, "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(  # noqa: S603 - the driver's own tool, with words of ours
            words,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return DriverAnswer(complaint=f"no answer within {_PATIENCE_S:.0f} seconds")
    except OSError as error:
        return DriverAnswer(complaint=error.strerror or type(error).__name__)
    return read_answer(done.stdout) if done.returncode == 0 else _complaint(done.stdout)


def read_answer(text: str) -> DriverAnswer:
    """Read a line a card, as `nvidia-smi` prints them: name, MiB, capability, driver's version."""
    rows = [[part.strip() for part in line.split(",")] for line in text.splitlines() if line]
    rows = [row for row in rows if len(row) == len(_QUERY.split(","))]
    if not rows:
        return _complaint(text)
    cards = tuple(
        Card(name, int(mib) * 2**20 if mib.isdigit() else 0, capability)
        for name, mib, capability, _ in rows
    )
    return DriverAnswer(cards=cards, version=rows[0][-1])


def loaded_driver(facts: Path) -> str:
    """The version of NVIDIA's driver in the kernel; empty for none.

    Args:
        facts: Where the driver tells of itself, `/proc/driver/nvidia`.
    """
    try:
        found = re.search(r"\d+\.\d+(\.\d+)?", (facts / "version").read_text(errors="replace"))
    except OSError:
        return ""
    return found.group() if found else ""


def named_cards(facts: Path) -> tuple[Card, ...]:
    """The cards that NVIDIA's driver in the kernel names.

    Args:
        facts: Where the driver tells of itself, `/proc/driver/nvidia`.
    """
    pages = (page.read_text(errors="replace") for page in sorted(facts.glob("gpus/*/information")))
    found = (re.search(r"^Model:\s*(.+?)\s*$", page, re.MULTILINE) for page in pages)
    return tuple(Card(name.group(1)) for name in found if name)


def card_makers(devices: Path) -> tuple[str, ...]:
    """The makers' numbers of the graphics cards on the bus, with or without a driver.

    Args:
        devices: Where Linux has a folder for each device, `/sys/bus/pci/devices`.
    """
    return tuple(
        (device / "vendor").read_text().strip()
        for device in sorted(devices.glob("*"))
        if (device / "class").is_file()
        and (device / "class").read_text().startswith(_DISPLAY_CLASS)
    )


def _complaint(text: str) -> DriverAnswer:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return DriverAnswer(complaint=lines[0].rstrip(".") if lines else "nothing")


def _can_open(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _installed(*names: str) -> Mapping[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _missing_cuda_packages() -> tuple[str, ...]:
    """TensorFlow's own package says what it needs for a GPU."""
    try:
        needs = importlib.metadata.requires(TENSORFLOW) or []
    except importlib.metadata.PackageNotFoundError:
        return ()
    names = [found.group(1) for found in map(_CUDA_EXTRA.match, needs) if found]
    return tuple(name for name in names if not _installed(name))
