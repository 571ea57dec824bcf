"""What keeps a GPU from being used, as a table: how it is known, in a sentence, with a next step.

The requirements are those of TensorFlow's installation guide
(https://www.tensorflow.org/install/pip): Linux, or WSL2 on Windows; an NVIDIA card; its driver from
525.60.13 on, from 528.33 on where it is Windows' and serves WSL2; the CUDA extra of the package.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from training.learning.machine import (
    MAC,
    TENSORFLOW,
    TENSORFLOW_CPU,
    TENSORFLOW_METAL,
    WINDOWS,
    DriverAnswer,
    MachineFacts,
)

_OLDEST_DRIVER, _OLDEST_WINDOWS_DRIVER = (525, 60, 13), (528, 33)
_GUIDE = "The guide docs/guide/gpu.md leads through it."


class FindingKind(StrEnum):
    """What the doctor can find."""

    NATIVE_WINDOWS = "native-windows"
    BUNDLE = "bundle"
    CPU_PACKAGE = "cpu-package"
    NO_TENSORFLOW = "no-tensorflow"
    HIDDEN = "hidden"
    NO_DRIVER = "no-driver"
    SILENT_DRIVER = "silent-driver"
    OLD_DRIVER = "old-driver"
    NO_LIBCUDA = "no-libcuda"
    NO_CUDA_PACKAGES = "no-cuda-packages"
    UNSEEN = "unseen"
    METAL = "metal"
    MAC = "mac"
    WSL_CARD = "wsl-card"
    AMD = "amd"
    NO_CARD = "no-card"


@dataclass(frozen=True)
class Finding:
    """Something that decides what is computed on.

    Attributes:
        kind: Which row of the doctor's table.
        sentence: What is so.
        next_step: What to do about it; empty where there is nothing to do.
        keeps_gpu_idle: Whether an NVIDIA card is there and not used for it.
    """

    kind: FindingKind
    sentence: str
    next_step: str = ""
    keeps_gpu_idle: bool = False


def find(facts: MachineFacts, seen: tuple[str, ...] | None = None) -> tuple[Finding, ...]:
    """What decides which device is computed on, in the order in which a person would mend it.

    Args:
        facts: What is known of the machine.
        seen: The GPUs that TensorFlow itself names; None while it is not loaded. Where it names
            one, nothing keeps it idle, whatever the facts say.
    """
    found = [rule.finding(facts) for rule in _RULES if rule.applies(facts)]
    if seen:
        return tuple(finding for finding in found if not finding.keeps_gpu_idle)
    is_explained = any(finding.keeps_gpu_idle for finding in found)
    if seen is not None and facts.cards and not is_explained:
        found.append(_UNSEEN.finding(facts))
    return tuple(found)


@dataclass(frozen=True)
class _Rule:
    """A row of the doctor's table.

    Attributes:
        kind: What it finds.
        applies: Whether it is so.
        sentence: Says it; `{card}` is the first card's name.
        next_step: What to do about it.
        keeps_gpu_idle: Whether an NVIDIA card is not used for it.
    """

    kind: FindingKind
    applies: Callable[[MachineFacts], bool]
    sentence: Callable[[MachineFacts], str] | str
    next_step: str = ""
    keeps_gpu_idle: bool = True

    def finding(self, facts: MachineFacts) -> Finding:
        says = self.sentence if isinstance(self.sentence, str) else self.sentence(facts)
        return Finding(self.kind, says, self.next_step, self.keeps_gpu_idle)


def _card(facts: MachineFacts) -> str:
    more = f" and {len(facts.cards) - 1} more" if len(facts.cards) > 1 else ""
    return f"A GPU ({facts.cards[0].name}{more})"


def _has_native_windows(facts: MachineFacts) -> bool:
    return bool(facts.cards) and facts.system == WINDOWS


def _brings_own_tensorflow(facts: MachineFacts) -> bool:
    """Obstacles of the installation say nothing new where the first rows say what to do."""
    return facts.is_bundle or facts.system == WINDOWS


def _has_cpu_package(facts: MachineFacts) -> bool:
    return (
        bool(facts.cards) and not _brings_own_tensorflow(facts) and TENSORFLOW_CPU in facts.packages
    )


def _has_no_tensorflow(facts: MachineFacts) -> bool:
    return (
        bool(facts.cards)
        and not _brings_own_tensorflow(facts)
        and not {TENSORFLOW, TENSORFLOW_CPU} & facts.packages.keys()
    )


def _has_no_driver(facts: MachineFacts) -> bool:
    return bool(facts.cards) and not facts.loaded_driver and facts.answer == DriverAnswer()


def _has_silent_driver(facts: MachineFacts) -> bool:
    return bool(facts.cards) and bool(facts.answer.complaint)


def _has_old_driver(facts: MachineFacts) -> bool:
    oldest = _OLDEST_WINDOWS_DRIVER if facts.is_wsl else _OLDEST_DRIVER
    return bool(facts.answer.version) and _as_numbers(facts.answer.version) < oldest


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _has_no_libcuda(facts: MachineFacts) -> bool:
    has_driver = bool(facts.answer.cards or facts.loaded_driver)
    return has_driver and facts.system != WINDOWS and not facts.has_libcuda


def _lacks_cuda_packages(facts: MachineFacts) -> bool:
    return bool(facts.cards and facts.missing) and not _brings_own_tensorflow(facts)


_RULES = (
    _Rule(
        FindingKind.NATIVE_WINDOWS,
        _has_native_windows,
        lambda facts: (
            f"{_card(facts)} is there, but TensorFlow has no GPU support on Windows itself."
        ),
        f"Install the program inside WSL2, where it has. {_GUIDE}",
    ),
    _Rule(
        FindingKind.BUNDLE,
        lambda facts: bool(facts.cards) and facts.is_bundle,
        lambda facts: (
            f"{_card(facts)} is there, but the standalone program brings TensorFlow for the CPU "
            "alone."
        ),
        f"Install the program from its source with the gpu extra. {_GUIDE}",
    ),
    _Rule(
        FindingKind.CPU_PACKAGE,
        _has_cpu_package,
        lambda facts: (
            f"{_card(facts)} is there, but the installed package is tensorflow-cpu, which has no "
            "GPU support."
        ),
        "Uninstall tensorflow-cpu, then install the program with the gpu extra.",
    ),
    _Rule(
        FindingKind.NO_TENSORFLOW,
        _has_no_tensorflow,
        lambda facts: f"{_card(facts)} is there, but TensorFlow is not installed.",
        "Install the program with the gpu extra.",
    ),
    _Rule(
        FindingKind.HIDDEN,
        lambda facts: bool(facts.cards) and facts.hides_cards,
        lambda facts: (
            f"{_card(facts)} is there, but the variable CUDA_VISIBLE_DEVICES hides it from the "
            "program."
        ),
        "Remove that variable, or set it to 0, and start the program again.",
    ),
    _Rule(
        FindingKind.NO_DRIVER,
        _has_no_driver,
        lambda facts: f"{_card(facts)} is there, but NVIDIA's driver is not installed.",
        f"Install NVIDIA's driver (525.60.13 or newer) and restart the machine. {_GUIDE}",
    ),
    _Rule(
        FindingKind.SILENT_DRIVER,
        _has_silent_driver,
        lambda facts: (
            f"{_card(facts)} is there, but its driver does not answer (nvidia-smi says: "
            f"{facts.answer.complaint})."
        ),
        "Restart the machine; if that does not help, install NVIDIA's driver again.",
    ),
    _Rule(
        FindingKind.OLD_DRIVER,
        _has_old_driver,
        lambda facts: (
            f"{_card(facts)} is there, but its driver, {facts.answer.version}, is older than "
            "TensorFlow needs."
        ),
        "Install NVIDIA's driver 528.33 or newer in Windows, or 525.60.13 or newer on Linux.",
    ),
    _Rule(
        FindingKind.NO_LIBCUDA,
        _has_no_libcuda,
        lambda facts: (
            f"{_card(facts)} is there, but the driver's library for computing (libcuda.so.1) "
            "cannot be opened."
        ),
        "Install the driver's compute package, such as libnvidia-compute; a container needs to be "
        "started with its GPUs (--gpus all).",
    ),
    _Rule(
        FindingKind.NO_CUDA_PACKAGES,
        _lacks_cuda_packages,
        lambda facts: (
            f"{_card(facts)} is there, but TensorFlow's CUDA libraries are not all installed "
            f"({facts.missing[0]}{_and_more(facts.missing)} missing)."
        ),
        "Install the program with the gpu extra (2.8 GB more): make run DEVICE=gpu.",
    ),
    _Rule(
        FindingKind.METAL,
        lambda facts: facts.system == MAC and TENSORFLOW_METAL in facts.packages,
        "tensorflow-metal is installed; it is made for TensorFlow up to 2.19, and newer ones "
        "cannot be loaded beside it.",
        "Uninstall tensorflow-metal; the processor of a Mac trains well.",
        keeps_gpu_idle=False,
    ),
    _Rule(
        FindingKind.MAC,
        lambda facts: facts.system == MAC,
        "TensorFlow has no support for the GPU of a Mac.",
        keeps_gpu_idle=False,
    ),
    _Rule(
        FindingKind.WSL_CARD,
        lambda facts: facts.has_wsl_gpu and not facts.cards,
        "Windows passes a graphics card on to WSL2, but NVIDIA's driver does not show one.",
        "If it is NVIDIA's, install its driver in Windows, not in WSL2, and run wsl --update.",
        keeps_gpu_idle=False,
    ),
    _Rule(
        FindingKind.AMD,
        lambda facts: facts.has_amd_card and not facts.cards,
        "There is a graphics card of AMD; TensorFlow computes on NVIDIA's alone.",
        keeps_gpu_idle=False,
    ),
    _Rule(
        FindingKind.NO_CARD,
        lambda facts: (
            not (facts.cards or facts.has_amd_card or facts.has_wsl_gpu or facts.system == MAC)
        ),
        "There is no NVIDIA graphics card in this machine, or none that the system shows.",
        "Nothing is wrong: Express trains in a minute or two on a processor.",
        keeps_gpu_idle=False,
    ),
)
"""In the order in which a person would mend them."""

_UNSEEN = _Rule(
    FindingKind.UNSEEN,
    lambda facts: bool(facts.cards),
    lambda facts: (
        f"{_card(facts)} is there and its driver answers, but TensorFlow does not see it."
    ),
    "In a terminal, TF_CPP_MIN_LOG_LEVEL=0 catdog devices --load lets TensorFlow say which of its "
    f"libraries it misses. {_GUIDE}",
)


def _and_more(names: tuple[str, ...]) -> str:
    return f" and {len(names) - 1} more are" if len(names) > 1 else " is"
