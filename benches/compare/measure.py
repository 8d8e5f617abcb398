"""Programs to measure, and what one of them takes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Usage(NamedTuple):
    """Seconds of CPU time, peak memory in MB."""

    user: float
    system: float
    memory: float


def measure(command):
    """Runs a command and tells what it took."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return Usage(usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024)


def programs(profile):
    """briefbook, what synthesizes archives, and the least any generator must do."""
    subprocess.run(
        ["cargo", "build", "--profile", profile, "--bin", "briefbook"]
        + ["--example", "synthesize", "--example", "limit"],
        cwd=ROOT,
        check=True,
    )
    # Cargo's own name for the folder of its first profile.
    folder = ROOT / "target" / ("debug" if profile == "dev" else profile)
    return folder / "briefbook", folder / "examples" / "synthesize", folder / "examples" / "limit"


def fresh(path):
    """A path where nothing is."""
    shutil.rmtree(path, ignore_errors=True)
    return path
