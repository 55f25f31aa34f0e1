"""`hansa serve` as a real server on a free port of this machine, visited as a browser does."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from tui.language import choose, language_in_use
from tui.served import main
from tui.web.addresses import Address
from tui.web.visitors import Visitors

ROOT = Path(__file__).resolve().parents[1]
MAIN = "from tui.cli import main; sys.exit(main())"
HANSA = [sys.executable, "-c", f"import sys; {MAIN}"]
TOKEN = "quay-and-crane-42-lanterns"  # noqa: S105 - of a server that stands while a test runs


def environment(home):
    return {**os.environ, "HANSA_HOME": str(home), "PYTHONPATH": str(ROOT)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A server that runs."""

    def __init__(self, home, *arguments: str, program=sys.executable) -> None:
        self.home, self.said = home, ""
        while not self.said.startswith("Hansa is at "):
            self._begin(free_port(), arguments, program)
            self.said = self.process.stdout.readline()
            taken = "cannot be used here" in self.said  # by another program, since the port was found free
            assert taken or self.said.startswith("Hansa is at "), self.said + self.end()

    def _begin(self, port, arguments, program):
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"import sys; sys.executable = {str(program)!r}; {MAIN}",
                "serve",
                "--port",
                str(port),
                *arguments,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment(self.home), "HANSA_TOKEN": TOKEN},
        )

    async def ready(self, client):
        for _ in range(400):
            assert self.process.poll() is None, self.said
            try:
                async with client.get(self.url) as response:
                    return response
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        raise AssertionError(self.said)

    async def terminal(self, client):
        """Where the terminal of a visitor is, once the token was given."""
        await self.ready(client)
        async with client.post(f"{self.url}/enter", data={"token": TOKEN}) as response:
            return re.search(r'data-session-websocket-url="(ws://[^"]+)"', await response.text())[1]

    def end(self):
        """End it as a service manager does; all that it printed."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=60)
        return self.said + rest


@pytest.fixture
def served(tmp_path):
    running = Served(tmp_path / "home", "--sessions", "2")
    yield running
    if running.process.poll() is None:
        running.end()


async def see(socket_, words):
    """What the terminal was sent until some words stood in it."""
    text = ""
    while words not in text:
        message = await asyncio.wait_for(socket_.receive(), 120)
        assert message.type is aiohttp.WSMsgType.BINARY, (message, text)
        text += re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", message.data.decode())
    return text


def visits(home):
    with sqlite3.connect(home / "learner.sqlite") as database:
        found = database.execute("SELECT section_id FROM visits").fetchall()
    database.close()
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to end the server with")
async def test_visitors_need_the_token_and_do_not_see_each_other(served):
    jar = {"cookie_jar": aiohttp.CookieJar(unsafe=True)}
    cookies, sockets = [], []
    async with aiohttp.ClientSession(**jar) as stranger:
        first = await served.ready(stranger)
        assert first.status == 401
        for token in ("", "wrong-and-wrong-and-wrong"):
            async with stranger.post(f"{served.url}/enter", data={"token": token}) as response:
                assert response.status == 401
                assert "That is not the token." in await response.text()
        for path in ("/ws", "/download/x"):
            async with stranger.get(served.url + path) as response:
                assert response.status == 401
        async with stranger.get(served.url, headers={"Host": "rebound.example"}) as response:
            assert response.status == 403
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as anna,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as bela,
    ):
        for client in (anna, bela):
            async with client.post(f"{served.url}/enter", data={"token": TOKEN}) as response:
                text = await response.text()
                assert response.status == 200
                sockets.append(re.search(r'data-session-websocket-url="(ws://[^"]+)"', text)[1])
                assert "https:" not in text, "nothing comes from elsewhere"
                assert "default-src 'self'" in response.headers["Content-Security-Policy"]
            cookies.append(client.cookie_jar.filter_cookies(URL(served.url))["hansa-session"].value)
        async with anna.get(f"{served.url}/static/js/textual.js") as response:
            assert response.status == 200
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await anna.ws_connect(f"{served.url}/ws", headers={"Origin": "https://elsewhere.example"})
        own = {"Origin": served.url}  # as a browser tells it
        async with anna.ws_connect(f"{sockets[0]}?width=80&height=24", headers=own) as hers:
            await see(hers, "Press enter to begin")
            await hers.send_json(["stdin", "\r"])
            await see(hers, "Next")
            async with bela.ws_connect(f"{sockets[1]}?width=80&height=24") as his:
                await see(his, "Press enter to begin")
                async with anna.get(served.url) as response:
                    assert response.status == 503, "two sessions are open, and no more are taken"
    homes = [Visitors(served.home / "visitors", TOKEN).home(cookie) for cookie in cookies]
    assert len(visits(homes[0])) == 1
    assert visits(homes[1]) == []
    said = served.end()
    assert "Hansa is at http://127.0.0.1:" in said
    assert not any(secret in said for secret in (TOKEN, *cookies))
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to end the server with")
@pytest.mark.parametrize("leaving", ["sleep 1", "exec sleep 1000"])
async def test_a_server_that_is_ended_waits_for_the_applications_of_its_visitors(tmp_path, leaving):
    program = tmp_path / "program"  # stands in for an application that has drawn its last and saves
    program.write_text(
        f"#!/bin/sh\necho __GANGLION__\nexec >&- 2>&-\necho $$ > {tmp_path}/id\n{leaving}\ntouch {tmp_path}/saved\n"
    )
    program.chmod(0o700)
    running = Served(tmp_path / "home", program=program)
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as anna:
            url = await running.terminal(anna)
            async with anna.ws_connect(f"{url}?width=80&height=24"):
                pass
    finally:
        said = running.end()
    assert "Traceback" not in said
    assert (tmp_path / "saved").exists() is (leaving == "sleep 1")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "id").read_text()), 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to end the server with")
async def test_a_server_that_is_ended_takes_leave_of_visitors_and_lets_their_applications_save(tmp_path):
    program = tmp_path / "program"  # stands in for an application that takes its time to save
    program.write_text(
        f"#!/bin/sh\necho __GANGLION__\nhead -c 1 > /dev/null\nsleep 5\ntouch {tmp_path}/saved\n"
    )
    program.chmod(0o700)
    running = Served(tmp_path / "home", program=program)
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as anna:
            url = await running.terminal(anna)
            async with anna.ws_connect(f"{url}?width=80&height=24") as hers:
                await hers.send_json(["ping", 1])
                await asyncio.wait_for(hers.receive(), 120)
                ended = asyncio.create_task(asyncio.to_thread(running.end))
                closed = await asyncio.wait_for(hers.receive(), 120)
                assert closed.type is aiohttp.WSMsgType.CLOSE
                said = await ended
    finally:
        running.process.kill()
    assert "Traceback" not in said
    assert (tmp_path / "saved").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--host", "0.0.0.0"), "0.0.0.0 can be reached from other machines"),  # noqa: S104 - it is refused
        (("--public-url", "https://hansa.example.org"), "https://hansa.example.org can be reached"),
        (("--host", "0.0.0.0", "--token", "short"), "can be guessed"),  # noqa: S104
    ],
)
def test_an_address_that_others_reach_needs_a_good_token(tmp_path, arguments, told):
    done = subprocess.run(
        [*HANSA, "serve", *arguments],
        capture_output=True,
        text=True,
        env=environment(tmp_path),
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_cookies_that_were_not_made_here_open_nothing(tmp_path):
    visitors = Visitors(tmp_path, TOKEN)
    cookie = visitors.cookie()
    assert visitors.home(cookie).parent == tmp_path
    name, proof = cookie.split(".")
    for other in (
        "",
        "../../etc.x",
        f"{name}.{'0' * 64}",
        f"{name[:-1]}A.{proof}",
        f"../{cookie}",
        f"{cookie}\n",
    ):
        if other != cookie:
            assert visitors.home(other) is None, other
    later = Visitors(tmp_path, "another-token-for-all")
    assert later.home(cookie) is None
    assert later.home(later.cookie(cookie)) == visitors.home(cookie), "a new token keeps what was learned"
    assert name not in str(visitors.home(cookie))


def test_only_pages_of_this_server_may_ask():
    alone = Address("127.0.0.1", 8000)
    assert alone.admits("localhost:8000", None)
    assert alone.admits("127.0.0.1:8000", "http://127.0.0.1:8000")
    assert not alone.admits("rebound.example:8000", None)
    assert not alone.admits("127.0.0.1:8000", "http://elsewhere.example")
    assert not alone.admits("127.0.0.1:8000", "null")
    behind = Address("127.0.0.1", 8000, "https://hansa.example.org")
    assert behind.admits("127.0.0.1:8000", "https://hansa.example.org")
    assert behind.admits("hansa.example.org", None)
    assert not behind.admits("hansa.example.org", "https://elsewhere.example")
    assert Address("::1", 1).is_private
    assert not Address("192.168.1.6", 1).is_private


@pytest.mark.parametrize(("chosen", "spoken"), [("", "da"), ('[interface]\nlanguage = "de"\n', "de")])
def test_a_visitor_is_spoken_to_in_the_language_that_was_chosen(tmp_path, monkeypatch, chosen, spoken):
    opened = []
    monkeypatch.setenv("HANSA_LANGUAGE", "da")
    monkeypatch.setattr(sys, "argv", ["hansa", str(tmp_path)])
    monkeypatch.setattr("tui.console.screen.open_app", lambda services, _start: opened.append(services))
    (tmp_path / "settings.toml").write_text(chosen, encoding="utf-8")
    try:
        main()
        assert language_in_use() == spoken
    finally:
        choose("en")
    assert opened[0].language == spoken
    assert opened[0].is_shared
