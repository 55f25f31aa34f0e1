from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = "from tui.cli import main; raise SystemExit(main())"


def hansa(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ | {"HANSA_HOME": str(home)},
        timeout=60,
    )


def test_paths_are_listed_with_their_steps_and_the_time_left(tmp_path: Path):
    out = hansa(tmp_path, "course", "paths").stdout
    assert "P0  Quick start: " in out
    assert "    1. Open innovation readiness, 12 min" in out
    assert "    1. Innovation foundations, 170 min" in out
    assert "You follow the modules in order" in out
    assert max(map(len, out.split("\n"))) <= 76


def test_a_chosen_path_leads_what_comes_next(tmp_path: Path):
    assert "P2  Going international: " in hansa(tmp_path, "course", "paths", "--choose", "p2").stdout
    listed = json.loads(hansa(tmp_path, "course", "paths", "--json").stdout)
    assert [path["id"] for path in listed if path["chosen"]] == ["P2"]
    told = hansa(tmp_path, "progress").stdout
    assert "Plan: P2 Going international, " in told
    assert "Next: Intellectual property" in told
    hansa(tmp_path, "course", "paths", "--choose", "P0")
    assert "Next: Open innovation readiness · self-check" in hansa(tmp_path, "progress").stdout
    hansa(tmp_path, "course", "paths", "--choose", "none")
    told = hansa(tmp_path, "progress").stdout
    assert "Plan:" not in told
    assert "Next: Innovation foundations" in told


def test_a_path_that_is_not_there_is_told(tmp_path: Path):
    done = hansa(tmp_path, "course", "paths", "--choose", "P9")
    assert done.returncode == 3
    assert done.stderr == "There is no path `P9`; there is P0, P1, P2, P3, P4, or none.\n"
    assert not (tmp_path / "settings.toml").exists()
