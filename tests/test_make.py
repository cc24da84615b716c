"""What `make` leaves behind, without installing anything: a `batea` that runs, and words where that fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A virtual environment outside of the clone, that has everything."""
    venv = tmp_path / "elsewhere"
    (venv / "bin").mkdir(parents=True)
    python = venv / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return venv


def make(venv: Path, pip: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make") or "make"
    given = [f"VENV={venv}", f"PIP={pip}", "SERVER=", str(venv / "run.stamp")]
    return subprocess.run([program, "-C", str(ROOT), *given], capture_output=True, text=True, check=False)


def test_the_command_runs_from_anywhere_wherever_it_is(elsewhere: Path, tmp_path: Path) -> None:
    assert make(elsewhere, "true").returncode == 0
    command = [str(elsewhere / "bin" / "batea"), "--help"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (told.returncode, "worker" in told.stdout) == (0, True), told.stderr


def test_where_it_cannot_be_installed_it_says_what_helps(elsewhere: Path) -> None:
    failed = make(elsewhere, "false")
    assert failed.returncode != 0
    assert "install redis-server or valkey, or use Python 3.11 or 3.12" in failed.stderr
    assert not (elsewhere / "run.stamp").exists()
