from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = "from tui.cli import main; raise SystemExit(main())"
SA1 = ("4332", "2423", "2244", "2145", "2311", "2212")
SA2 = ("2423", "4334", "1223", "4324", "3222", "3242")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def hansa(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ | {"HANSA_HOME": str(home)},
        timeout=60,
    )


def check(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return hansa(home, "self-check", *arguments, typed=typed)


def typed(groups: tuple[str, ...], fact: str = "") -> str:
    return "".join("".join(f"{key}\n" for key in keys) + f"{fact}\n" for keys in groups)


def test_a_self_check_is_taken_through_a_pipe(home: Path):
    done = check(home, "SA1", "--plain", typed=typed(SA1, "an NDA in May"))
    assert done.returncode == 0, done.stderr
    out = done.stdout
    assert "has\nnot been validated" in out or "has not been validated" in " ".join(out.split())
    assert "24 of 24. After a project" in out
    assert "Total: 39 of 100, Build." in out
    assert "Protection and agreements: 19, Start (an NDA in May)" in " ".join(out.split())
    assert out.index("Protection and agreements: 19") < out.index("Direction and leadership: 50")
    assert "hansa learn ip-and-contracts/ip-map" in out
    assert "██" in out
    assert max(map(len, out.split("\n"))) <= 76 + len("Your answer (1 to 5, k): ")
    assert set(out) & {"\x1b"} == set()


def test_it_stops_goes_on_and_goes_back(home: Path):
    first = check(home, "SA1", "--plain", typed="4\n3\nq\n").stdout
    assert "Stopped. Your answers are saved" in first
    listed = check(home).stdout
    assert "SA1  Open innovation readiness, about 12 minutes: begun, 2 of 24" in listed
    again = check(home, "SA1", "--plain", typed="b\n\nx\n9\n5\n").stdout
    assert "You go on where you stopped: 2 of 24 are answered." in again
    assert "enter keeps 3" in again
    assert again.count("Type a number from 1 to 5, k for") == 2
    assert "begun, 3 of 24" in check(home).stdout


def test_results_are_listed_shown_and_compared(home: Path):
    check(home, "sa1", "--plain", typed=typed(SA1))
    check(home, "SA1", "--plain", typed=typed((*SA1[:4], "4444", "kkkk")))
    history = check(home, "SA1", "--history").stdout.splitlines()
    assert history[0].startswith("1. 20")
    assert history[0].endswith("39 of 100, Build")
    assert history[1].startswith("2. 20")
    last = " ".join(check(home, "SA1", "--result").stdout.split())
    assert "Protection and agreements: 19 before, 75 now, 56 more" in last
    assert "Process and learning: cannot be compared" in last
    assert "Process and learning: not enough information, 4 not known" in last
    first = check(home, "SA1", "--result", "1").stdout
    assert "Total: 39 of 100" in first
    assert "before" not in first
    missing = check(home, "SA1", "--result", "3")
    assert missing.returncode == 3
    assert missing.stderr == "SA1 has no result 3; there are 2 results.\n"


def test_the_result_is_told_as_json_too(home: Path):
    check(home, "SA1", "--plain", typed=typed(SA1))
    check(home, "SA2", "--plain", typed=typed(SA2))
    told = json.loads(check(home, "SA2", "--json").stdout)
    assert (told["total"], told["band"], told["lowest"]) == (44, "Build", ["SA2-C", "SA2-E"])
    assert told["critical"] == ["SA2-A1", "SA2-A3", "SA2-C2"]
    assert [each["score"] for each in told["dimensions"]] == [44, 63, 25, 56, 31, 44]
    assert told["joint"] == "Both below 60"
    assert "Read together: Both below 60" in check(home, "SA1", "--result").stdout
    listed = json.loads(check(home, "--json").stdout)
    assert [(each["code"], each["taken"]) for each in listed] == [("SA1", 1), ("SA2", 1)]
    assert len(json.loads(check(home, "SA1", "--history", "--json").stdout)) == 1


def test_a_colleague_hands_on_a_result_and_differences_are_told(home: Path, tmp_path: Path):
    other, file = tmp_path / "other", tmp_path / "mara.json"
    check(home, "SA1", "--plain", typed=typed(SA1))
    check(other, "SA1", "--plain", typed=typed(("1332", *SA1[1:])))
    assert check(other, "SA1", "--export", "-o", str(file)).returncode == 2
    assert check(other, "SA1", "--export", "--name", "Mara", "-o", str(file)).stdout == f"Written: {file}\n"
    assert "exists already" in check(other, "SA1", "--export", "--name", "M", "-o", str(file)).stderr
    assert "taken in" in check(home, "--import", str(file)).stdout
    assert "known already" in check(home, "--import", str(file)).stdout
    told = " ".join(check(home, "SA1", "--result").stdout.split())
    assert "Talk about this: you, Mara A1 We can say" in told
    assert "you 4, Mara 1." in told
    assert json.loads(check(home, "SA1", "--json").stdout)["talk_about"] == ["SA1-A1"]
    assert "Mara" in check(home, "SA1", "--history").stdout


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "hansa-self-check", "version": 2}', "\x00", "9" * 5000]
)
def test_a_file_that_is_no_result_is_refused_in_one_sentence(home: Path, tmp_path: Path, text: str):
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    done = check(home, "--import", str(file))
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "no result of a self-check" in done.stderr


def test_a_result_of_nobody_is_refused(home: Path, tmp_path: Path):
    check(home, "SA1", "--plain", typed=typed(SA1))
    file = tmp_path / "x.json"
    row = json.loads(check(home, "SA1", "--export", "--name", "x").stdout)
    file.write_text(json.dumps(row | {"rater": " "}), encoding="utf-8")
    assert "names nobody" in check(home, "--import", str(file)).stderr
    file.write_text(json.dumps(row | {"check_id": "unknown"}), encoding="utf-8")
    assert "There is no self-check `unknown`" in check(home, "--import", str(file)).stderr


def test_a_name_that_nobody_has_and_a_result_that_is_not_there(home: Path):
    assert check(home, "SA7", "--plain").stderr.startswith("There is no self-check `SA7`; there is SA1")
    assert (
        check(home, "SA1", "--result").stderr
        == "SA1 has no result yet; take it with `hansa self-check SA1`.\n"
    )
    assert check(home, "SA1", "--history").stdout == "SA1 was not taken yet.\n"
    assert "Stopped. Your answers are saved" in check(home, "SA1").stdout, "a pipe is read line by line"


def test_the_record_takes_self_checks_along_and_erases_them(home: Path, tmp_path: Path):
    check(home, "SA1", "--plain", typed=typed(SA1, "a fact"))
    lines = hansa(home, "export").stdout
    file = tmp_path / "me.jsonl"
    file.write_text(lines, encoding="utf-8")
    taken = hansa(tmp_path / "new", "import", str(file)).stdout
    assert "Self-checks: 1 new, 0 known already" in taken
    assert "39 of 100" in check(tmp_path / "new").stdout
    diary = hansa(home, "export", "--markdown").stdout
    assert "## Self-check open-innovation-readiness" in diary
    assert "- SA1-A1: 4" in diary
    assert "- SA1-A, noted: a fact" in diary
    hansa(home, "erase", "--yes")
    assert "39 of 100" not in check(home).stdout
