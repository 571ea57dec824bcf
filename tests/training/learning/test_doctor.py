"""The doctor: what it says of machines that are not at hand."""

import dataclasses

import pytest

from training.learning.doctor import GPU, diagnose, examine, facts_of, report
from training.learning.findings import FindingKind
from training.learning.machine import (
    LINUX,
    MAC,
    TENSORFLOW,
    TENSORFLOW_CPU,
    TENSORFLOW_METAL,
    WINDOWS,
    Card,
    DriverAnswer,
    MachineFacts,
)

CARD = Card("NVIDIA RTX 4070", 12 * 2**30, "8.9")
BARE = MachineFacts(LINUX, cores=2, packages={TENSORFLOW: "2.21.0"}, missing=("nvidia-cudnn-cu12",))
READY = dataclasses.replace(
    BARE,
    answer=DriverAnswer((CARD,), "550.54.14"),
    loaded_driver="550.54.14",
    cards=(CARD,),
    has_libcuda=True,
    missing=(),
)
SILENT = DriverAnswer(complaint="Failed to initialize NVML")


def ready(**changes: object) -> MachineFacts:
    return dataclasses.replace(READY, **changes)  # type: ignore[arg-type]


OBSTACLES = {
    FindingKind.NATIVE_WINDOWS: (ready(system=WINDOWS, missing=("nvidia-nccl-cu12",)), "WSL2"),
    FindingKind.BUNDLE: (ready(is_bundle=True, packages={}), "source"),
    FindingKind.CPU_PACKAGE: (ready(packages={TENSORFLOW_CPU: "2.21.0"}), "Uninstall"),
    FindingKind.NO_TENSORFLOW: (ready(packages={}), "gpu extra"),
    FindingKind.HIDDEN: (ready(hides_cards=True), "Remove that variable"),
    FindingKind.NO_DRIVER: (
        ready(answer=DriverAnswer(), loaded_driver="", has_libcuda=False),
        "Install NVIDIA's driver",
    ),
    FindingKind.SILENT_DRIVER: (ready(answer=SILENT), "Restart"),
    FindingKind.OLD_DRIVER: (ready(answer=DriverAnswer((CARD,), "470.256.02")), "525.60.13"),
    FindingKind.NO_LIBCUDA: (ready(has_libcuda=False), "--gpus all"),
    FindingKind.NO_CUDA_PACKAGES: (ready(missing=("nvidia-cudnn-cu12",)), "DEVICE=gpu"),
}


@pytest.mark.fault(77)
@pytest.mark.parametrize("kind", OBSTACLES)
def test_a_gpu_that_is_not_used_is_never_passed_over_in_silence(kind: FindingKind) -> None:
    facts, step = OBSTACLES[kind]
    diagnosis = diagnose(facts)
    assert [finding.kind for finding in diagnosis.obstacles] == [kind]
    assert "A GPU (NVIDIA RTX 4070) is there" in diagnosis.obstacles[0].sentence
    assert step in diagnosis.obstacles[0].next_step
    assert diagnosis.words == "CPU, 2 cores"
    card, processor = diagnosis.devices
    assert (card.is_used, processor.is_used) == (False, True)
    assert card.why == diagnosis.obstacles[0].sentence


def test_a_gpu_that_nothing_speaks_against_is_named() -> None:
    diagnosis = diagnose(READY)
    assert diagnosis.words == "NVIDIA RTX 4070"
    assert diagnosis.findings == ()
    card, processor = diagnosis.devices
    assert (card.kind, card.is_used, card.memory) == (GPU, True, 12 * 2**30)
    assert not processor.is_used


def test_several_gpus_are_counted() -> None:
    assert diagnose(ready(cards=(CARD, CARD))).words == "2 GPUs, NVIDIA RTX 4070"
    hidden = diagnose(ready(cards=(CARD, CARD), hides_cards=True))
    assert "A GPU (NVIDIA RTX 4070 and 1 more) is there" in hidden.obstacles[0].sentence


def test_a_driver_without_its_tool_is_no_obstacle() -> None:
    """A container may have the driver's libraries and not nvidia-smi."""
    assert diagnose(ready(answer=DriverAnswer())).obstacles == ()


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (BARE, FindingKind.NO_CARD),
        (dataclasses.replace(BARE, has_amd_card=True), FindingKind.AMD),
        (dataclasses.replace(BARE, is_wsl=True, has_wsl_gpu=True), FindingKind.WSL_CARD),
        (MachineFacts(MAC, "arm64", cores=8), FindingKind.MAC),
    ],
)
def test_a_machine_without_a_card_of_nvidia_has_no_obstacle(
    facts: MachineFacts, kind: FindingKind
) -> None:
    diagnosis = diagnose(facts)
    assert [finding.kind for finding in diagnosis.findings] == [kind]
    assert diagnosis.obstacles == ()
    assert diagnosis.words.startswith("CPU")


def test_a_plug_in_that_breaks_tensorflow_is_told_on_a_mac() -> None:
    facts = MachineFacts(MAC, "arm64", packages={TENSORFLOW_METAL: "1.2.0"})
    assert diagnose(facts).findings[0].kind == FindingKind.METAL


def test_what_tensorflow_sees_counts_more_than_the_facts() -> None:
    """CUDA may be installed by the system instead of by Python's packages."""
    facts = ready(missing=("nvidia-cudnn-cu12",))
    diagnosis = diagnose(facts, seen=("NVIDIA RTX 4070",))
    assert (diagnosis.words, diagnosis.findings) == ("NVIDIA RTX 4070", ())


@pytest.mark.fault(77)
def test_a_gpu_that_tensorflow_does_not_see_for_no_known_reason_is_told() -> None:
    assert [row.kind for row in diagnose(READY, seen=()).obstacles] == [FindingKind.UNSEEN]
    explained = diagnose(ready(hides_cards=True), seen=())
    assert [row.kind for row in explained.obstacles] == [FindingKind.HIDDEN]


def test_drivers_are_compared_by_their_numbers_and_in_wsl_by_those_of_windows() -> None:
    def obstacles(version: str, *, is_wsl: bool = False) -> tuple[object, ...]:
        return diagnose(ready(answer=DriverAnswer((CARD,), version), is_wsl=is_wsl)).obstacles

    assert not obstacles("525.60.13")
    assert not obstacles("1000.10")
    assert obstacles("525.60.11")
    assert obstacles("527.41", is_wsl=True)
    assert not obstacles("528.33", is_wsl=True)


def test_the_report_holds_all_of_it() -> None:
    text = report(diagnose(ready(hides_cards=True)))
    assert text.splitlines()[:3] == [
        "Computes on: CPU, 2 cores",
        "  NVIDIA RTX 4070, 12 GiB: not used",
        "  CPU, 2 cores: used",
    ]
    assert "CUDA_VISIBLE_DEVICES" in text
    assert "→ Remove that variable" in text


def test_the_facts_are_a_line_a_device_and_a_line_a_finding() -> None:
    lines = facts_of(diagnose(ready(hides_cards=True)))
    assert [line.get("device", line.get("finding")) for line in lines] == [
        "NVIDIA RTX 4070",
        "CPU, 2 cores",
        "hidden",
    ]
    assert {"device", "kind", "memory", "used", "why"} == lines[0].keys()


def test_this_machine_can_be_examined() -> None:
    diagnosis = examine()
    assert diagnosis.words
    assert sum(device.is_used for device in diagnosis.devices) >= 1
