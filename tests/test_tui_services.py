from __future__ import annotations

from threading import Event, Thread

import pytest

from course.references import find
from index.model import Progress
from tui.paths import Paths
from tui.services import Services


@pytest.fixture
def services(tmp_path):
    page = tmp_path / "harbour.txt"
    page.write_text("Harbour\nProject duration: 30 months\n", encoding="utf-8")
    return Services(Paths(tmp_path / "home"), guide_paths=(page,))


def test_every_thread_that_waits_is_told_how_far_the_guides_are(services, monkeypatch):
    told: dict[str, list[int]] = {"first": [], "second": []}
    begun, go_on = Event(), Event()

    def open_index(tell):
        tell(Progress(1, 4, "reading guides"))
        begun.set()
        assert go_on.wait(120)
        tell(Progress(2, 4, "reading guides"))
        return Services.open_index(services)

    monkeypatch.setattr(services, "open_index", open_index)
    made = []

    def work(name):
        made.append(services.assistant(lambda progress: told[name].append(progress.done)))

    first = Thread(target=work, args=("first",))
    first.start()
    assert begun.wait(120)
    second = Thread(target=work, args=("second",))
    second.start()
    while len(services._watchers) < 2:
        second.join(0.01)
    go_on.set()
    first.join(120)
    second.join(120)
    assert told == {"first": [1, 2], "second": [2]}
    assert made[0] is made[1]
    assert services._watchers == []


def test_what_a_watcher_raises_stops_the_work_and_another_call_makes_it(services):
    class StoppedError(Exception):
        pass

    def stop(_):
        raise StoppedError

    with pytest.raises(StoppedError):
        services.assistant(stop)
    assert len(services.assistant().index.guides()) == 1


def test_the_record_does_not_wait_for_the_guides(services, monkeypatch):
    begun, go_on = Event(), Event()

    def open_index(_):
        begun.set()
        assert go_on.wait(120)
        return Services.open_index(services)

    monkeypatch.setattr(services, "open_index", open_index)
    worker = Thread(target=services.assistant)
    worker.start()
    assert begun.wait(120)
    assert services.record.attempts() == ()
    go_on.set()
    worker.join(120)
    services.close()


def test_lists_show_titles_in_the_language_of_now(tmp_path):
    services = Services(Paths(tmp_path / "home"))

    def title() -> str:
        return find(services.course, "innovation-foundations/innovation-challenge").lesson.title

    english = title()
    services.language = "da"
    assert title() == "Vælg og beskriv en innovationsudfordring"
    assert find(services.course, "innovation-foundations/what-counts").lesson.title.startswith("What counts")
    services.language = "en"
    assert title() == english
