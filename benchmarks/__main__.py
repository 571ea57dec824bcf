"""Runs the benchmarks named on the command line, or all but the long ones, each in its process."""

import subprocess
import sys

BENCHMARKS = (
    "importing",
    "pipeline",
    "training_rate",
    "one_picture",
    "memory",
    "startup",
    "fluid_window",
)
LONG = ("express",)
"""Run only when named."""


def main(names: list[str]) -> int:
    unknown = set(names) - {*BENCHMARKS, *LONG}
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {BENCHMARKS + LONG}.")
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
