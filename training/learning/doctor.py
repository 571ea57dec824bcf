"""Which device a training computes on, why not a better one, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from training.learning.findings import Finding, find
from training.learning.machine import MachineFacts, machine_facts
from training.version import library_version, version_words

GPU, CPU = "gpu", "cpu"


@dataclass(frozen=True)
class Device:
    """Something that can compute.

    Attributes:
        name: In words.
        kind: `GPU` or `CPU`.
        memory: Its own, in bytes; 0 where nothing tells it.
        is_used: Whether a training would compute on it.
        why: Why it is not used; empty where it is.
    """

    name: str
    kind: str
    memory: int
    is_used: bool
    why: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor says of a machine.

    Attributes:
        words: What a training computes on, such as "CPU, 2 cores".
        devices: All that could compute.
        findings: What decides it, the first obstacle first.
    """

    words: str
    devices: tuple[Device, ...]
    findings: tuple[Finding, ...]

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """Why a GPU that is there is not used."""
        return tuple(finding for finding in self.findings if finding.keeps_gpu_idle)


def examine() -> Diagnosis:
    """Look at this machine, without loading TensorFlow; takes up to some seconds."""
    return diagnose(machine_facts())


def diagnose(facts: MachineFacts, seen: tuple[str, ...] | None = None) -> Diagnosis:
    """Judge what is known of a machine.

    Args:
        facts: What is known.
        seen: The GPUs that TensorFlow itself names; None while it is not loaded. What it names
            counts more than all that speaks against it.
    """
    findings = find(facts, seen)
    obstacles = [finding for finding in findings if finding.keeps_gpu_idle]
    names = tuple(card.name for card in facts.cards) if seen is None else seen
    used = () if obstacles else names
    why = obstacles[0].sentence if obstacles else ""
    cards = [Device(card.name, GPU, card.memory, bool(used), why) for card in facts.cards]
    processor = Device(
        processor_words(facts.cores),
        CPU,
        facts.memory,
        not used,
        "A training computes on the GPU." if used else "",
    )
    return Diagnosis(device_words(used, facts.cores), (*cards, processor), findings)


def device_words(gpus: tuple[str, ...], cores: int) -> str:
    """What is computed on: "NVIDIA RTX 4070", "2 GPUs, NVIDIA A100", or "CPU, 2 cores"."""
    if not gpus:
        return processor_words(cores)
    return gpus[0] if len(gpus) == 1 else f"{len(gpus)} GPUs, {gpus[0]}"


def processor_words(cores: int) -> str:
    """The processor in words."""
    return "CPU, 1 core" if cores == 1 else f"CPU, {cores} cores"


def report(diagnosis: Diagnosis) -> str:
    """All of it as lines of text, for a terminal or a message to whoever helps."""
    lines = [f"Computes on: {diagnosis.words}"]
    for device in diagnosis.devices:
        memory = f", {device.memory / 2**30:.0f} GiB" if device.memory else ""
        lines.append(f"  {device.name}{memory}: {'used' if device.is_used else 'not used'}")
    for finding in diagnosis.findings:
        lines.append(finding.sentence)
        lines += [f"  → {finding.next_step}"] if finding.next_step else []
    return "\n".join(lines)


def versions_line() -> str:
    """The versions that whoever helps asks for first."""
    tensorflow = library_version("tensorflow") or "not installed"
    return f"{version_words()}, TensorFlow {tensorflow}"


def facts_of(diagnosis: Diagnosis) -> tuple[Mapping[str, Any], ...]:
    """All of it as JSON objects: one a device, then one a finding."""
    devices = (
        {
            "device": device.name,
            "kind": device.kind,
            "memory": device.memory,
            "used": device.is_used,
            "why": device.why,
        }
        for device in diagnosis.devices
    )
    findings = (
        {"finding": finding.kind, "sentence": finding.sentence, "next_step": finding.next_step}
        for finding in diagnosis.findings
    )
    return (*devices, *findings)
