"""Runs the benchmarks named on the command line, or all but the long ones, each in its process."""

import subprocess
import sys

BENCHMARKS = (
    "importing",
    "pipeline",
    "training_rate",
    "checkpointing",
    "one_picture",
    "memory",
    "startup",
    "launch_to_verdict",
    "many_pictures",
    "default_model",
    "fluid_window",
    "catalogue",
    "gallery",
    "planted",
)
LONG = ("express", "bundle", "check")
"""Run only when named."""
WITH_WORDS = ("accuracy", "overlay")
"""Run only when named, one at a time; the words after the name are theirs."""


def main(names: list[str]) -> int:
    if names and names[0] in WITH_WORDS:
        return subprocess.run(
            [sys.executable, "-m", f"benchmarks.{names[0]}", *names[1:]], check=False
        ).returncode
    unknown = set(names) - {*BENCHMARKS, *LONG}
    if unknown:
        known = ", ".join((*BENCHMARKS, *LONG, *WITH_WORDS))
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {known}.")
        return 2
    missed = []
    for name in names or BENCHMARKS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            missed.append(name)
    print(f"{len(missed)} missed: {', '.join(missed)}" if missed else "All bars are met.")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
