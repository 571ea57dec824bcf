"""Runs the benchmarks named on the command line, or all, each in a process of its own."""

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


def main(names: list[str]) -> int:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {BENCHMARKS}.")
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
