"""What this machine computes on, in words, found out without loading TensorFlow."""

import os
from pathlib import Path

_GPU_FACTS = Path("/proc/driver/nvidia/gpus")


def device_words(gpu_facts: Path = _GPU_FACTS) -> str:
    """The graphics card's name, else the processor: "NVIDIA RTX 4070" or "CPU, 2 cores".

    Args:
        gpu_facts: Where NVIDIA's Linux driver tells a folder of facts for each card.
    """
    return _gpu_name(gpu_facts) or _cpu_words()


def _cpu_words() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return "CPU, 1 core" if cores == 1 else f"CPU, {cores or 'unknown number of'} cores"


def _gpu_name(gpu_facts: Path) -> str:
    for facts in sorted(gpu_facts.glob("*/information")):
        for line in facts.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "Model":
                return value.strip()
    return ""
