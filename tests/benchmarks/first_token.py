"""How much later a chat model's words are seen through Hansa than from the model itself.

usage: PYTHONPATH=. python tests/benchmarks/first_token.py [ROUNDS]

A scripted server on this machine stands for the model; it answers at once, so that all that is measured is ours. Each
question is asked three ways in turn: without a model, with it, and by sending the very same request over a bare
connection. The first question, which loads LangChain, is not counted. Figures are medians and p95 in milliseconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.chat import ChatModel
from assistant.chat_settings import ChatSettings
from index.cache import index_of
from index.collection import shipped_guides
from index.embed import find_embedder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.model import Sentence
    from assistant.prompt import Prompt

SERVER = Path(__file__).parents[1] / "fixtures" / "chat" / "server.py"
LIMIT = 150.0
QUESTIONS = (
    "How long did KISS ME run?",
    "What was the total value of KISS ME?",
    "Who were the partners of InterVentures?",
    "What is SMEGoNet?",
    "When did Northern Connections end?",
    "Wie lange lief InterVentures?",
    "¿Quiénes eran los socios de SMEGoNet?",
    "Hvad er budgettet for GoSmart & Excel BSR?",
)


class Watched(ChatModel):
    """A chat model that notes when it is asked and when its first words come."""

    asked = first = 0.0

    def reply(self, prompt: Prompt, *, structured: bool) -> Iterator[str]:
        """The reply, watched."""
        self.asked, self.first = perf_counter(), 0.0
        for fragment in super().reply(prompt, structured=structured):
            if fragment and not self.first:
                self.first = perf_counter()
            yield fragment


def main() -> None:
    """Ask, and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    embedder, reason = find_embedder()
    if embedder is None:
        raise SystemExit(reason)
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True) as child,
    ):
        try:
            assert child.stdout is not None
            port = int(child.stdout.readline())
            index = index_of([shipped_guides()], Path(folder), embedder)
            model = Watched(ChatSettings(model="well", address=f"http://127.0.0.1:{port}/v1"))
            quoting, wording = Assistant(index), Assistant(index, model)
            rows = [measure(quoting, wording, model, port, question) for question in QUESTIONS * (rounds + 1)]
            report([row for row in rows[len(QUESTIONS) :] if row])
        finally:
            child.kill()


def measure(
    quoting: Assistant, wording: Assistant, model: Watched, port: int, question: str
) -> dict[str, float]:
    """Milliseconds of one question; empty where the gate asks no model."""
    began = perf_counter()
    quoting.ask(question)
    quoted = perf_counter() - began
    shown: list[float] = []

    def tell(_sentence: Sentence) -> None:
        shown.append(perf_counter())

    began = perf_counter()
    answer = wording.ask(question, tell=tell)
    if answer.model is None or not shown:
        return {}
    bare, whole = send_bare(port)
    return {
        "the model itself, first token": bare * 1000,
        "request to first token": (model.first - model.asked) * 1000,
        "over the model itself, from the request": (model.first - model.asked - bare) * 1000,
        "over the model itself, from the gate's yes": (model.first - began - quoted - bare) * 1000,
        "over the model itself, from the question": (model.first - began - bare) * 1000,
        "question answered in quotes, for comparison": quoted * 1000,
        "first sentence shown, over the model's last token": (shown[0] - model.asked - whole) * 1000,
    }


def send_bare(port: int) -> tuple[float, float]:
    """Seconds to the first and the last token when the last request is sent again without anything of ours."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/seen")
    body = json.dumps(json.load(connection.getresponse())[-1]["body"])
    connection.close()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    began = perf_counter()
    connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    while b'"content"' not in response.readline():
        pass
    first = perf_counter() - began
    response.read()
    whole = perf_counter() - began
    connection.close()
    return first, whole


def report(rows: list[dict[str, float]]) -> None:
    """One line a figure."""
    print(f"{len(rows)} questions; limit {LIMIT:.0f} ms over the model itself\n")
    for name in rows[0]:
        values = sorted(row[name] for row in rows)
        middle, p95 = values[len(values) // 2], values[min(len(values) - 1, int(len(values) * 0.95))]
        print(f"{name:<52} median {middle:7.1f}   p95 {p95:7.1f}")


if __name__ == "__main__":
    main()
