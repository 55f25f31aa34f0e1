"""The web server: textual-serve, which runs one application a visitor, behind a door of our own."""

from __future__ import annotations

import asyncio
import logging
import shlex
import subprocess
import sys
from copy import copy
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web
from textual_serve.server import Server

from tui.language import _

from .visitors import COOKIE

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Awaitable, Callable, Sequence

    from textual_serve.app_service import AppService

    from .addresses import Address
    from .visitors import Visitors

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGES = Path(__file__).parent / "pages"
KEPT_FOR = 365 * 24 * 3600
"""Seconds that a browser keeps its cookie."""
WIDEST = 500
"""Columns and rows that a terminal may begin with."""
LEAVING_TIME = 10.0
"""Seconds that an application may take to save and end once its visitor has left."""
AFTER_WRONG_TOKEN = 1.0
"""Seconds to wait before a wrong token is refused."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' "
    "'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Nothing is fetched from elsewhere, no other page shows this one, and nothing stays in a cache."""


class WebServer(Server):
    """Lets visitors in, gives each their own data, and runs the application for them."""

    def __init__(
        self, address: Address, visitors: Visitors, most: int, arguments: Sequence[str] = ()
    ) -> None:
        super().__init__("", host=address.host, port=address.port, title="Hansa", public_url=address.url)
        self._address = address
        self._visitors = visitors
        self._most = most
        self._arguments = arguments
        self._open = 0
        self._sockets: set[web.WebSocketResponse] = set()
        self._process: Process | None = None

    def serve(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as textual-serve declares it
        """Serve until the process is told to end; requests are not logged, as they carry cookies."""
        self.debug = debug
        self.initialize_logging()
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            print=None,
            access_log=None,
            shutdown_timeout=LEAVING_TIME + 1,
        )

    def initialize_logging(self) -> None:
        """Errors alone, a line each, without what programs held at that moment."""
        handler = logging.StreamHandler()
        handler.setFormatter(_OneLine("%(levelname)s %(name)s: %(message)s"))
        logging.basicConfig(level=logging.ERROR, handlers=[handler])

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._guard(request, handler)

        app.middlewares.append(guard)
        app.router.add_post("/enter", self.handle_enter)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say where Hansa is found."""
        del app
        print(_("Hansa is at {url} until you press ctrl+c.").format(url=self._address.url), flush=True)  # noqa: T201

    async def on_shutdown(self, app: web.Application) -> None:
        """Take leave of every visitor, so that their applications save and end."""
        del app
        leaving = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in tuple(self._sockets))
        await asyncio.gather(*leaving, return_exceptions=True)

    # The door

    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse other pages and other names for this machine; keep browsers from asking elsewhere."""
        if not self._address.admits(request.host, request.headers.get("Origin")):
            return web.Response(status=403, text=_("This page is not part of Hansa here."))
        if request.path.startswith("/download") and self._home(request) is None:
            return web.Response(status=401, text=_("Open the first page again."))
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _home(self, request: web.Request) -> Path | None:
        return self._visitors.home(request.cookies.get(COOKIE, ""))

    async def handle_index(self, request: web.Request) -> web.Response:
        """The terminal; before it the question for the token, where one is wanted."""
        known = self._home(request) is not None
        if not known and self._visitors.token:
            return _page("enter.html", status=401, words=_("Access token"), button=_("Open Hansa"), note="")
        if self._open >= self._most or (not known and self._visitors.full):
            return web.Response(status=503, text=_("Hansa is full here; try again later."))
        scheme, host = ("wss" if self._address.is_secure else "ws"), request.host
        base = self._address.url.partition("://")[2] if self._address.public else host
        response = _page(
            "terminal.html",
            socket=f"{scheme}://{base}/ws",
            ended=_("The session has ended."),
            button=_("Open it again"),
        )
        return response if known else self._let_in(request, response)

    async def handle_enter(self, request: web.Request) -> web.Response:
        """Take the token, and remember in a cookie that it was right."""
        given = (await request.post()).get("token", "")
        if not self._visitors.token or not isinstance(given, str) or not self._visitors.knows(given):
            await asyncio.sleep(AFTER_WRONG_TOKEN)
            note = _("That is not the token. Ask the person who runs this Hansa.")
            return _page("enter.html", 401, words=_("Access token"), button=_("Open Hansa"), note=note)
        if self._visitors.full:
            return web.Response(status=503, text=_("Hansa is full here; try again later."))
        return self._let_in(request, web.Response(status=303, headers={"Location": "./"}))

    def _let_in(self, request: web.Request, response: web.Response) -> web.Response:
        cookie = self._visitors.cookie(request.cookies.get(COOKIE, ""))
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=KEPT_FOR,
            httponly=True,
            samesite="Strict",
            secure=self._address.is_secure,
        )
        return response

    # The application

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the application over the data of this visitor."""
        home = self._home(request)
        if home is None:
            raise web.HTTPUnauthorized(text=_("Open the first page again."))
        if self._open >= self._most:
            raise web.HTTPServiceUnavailable(text=_("Hansa is full here; try again later."))
        sizes = (request.query.get(name, "80") for name in ("width", "height"))
        if not all(size.isdecimal() and int(size[:6]) <= WIDEST for size in sizes):
            raise web.HTTPBadRequest(text=_("No terminal is as large as that."))
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = copy(self)
        own.command = _line([sys.executable, "-m", "tui.served", str(home), *self._arguments])
        self._open += 1
        try:
            return await super(WebServer, own).handle_websocket(request)
        finally:
            await own.end_application()
            self._open -= 1

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        self._process = app_service._process  # noqa: SLF001 - textual-serve waits for its output, not for its end
        self._sockets.add(websocket)
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            self._sockets.discard(websocket)

    async def end_application(self) -> None:
        """Wait until the application of this visitor has ended; end it where it does not, or the server cannot wait."""
        if self._process is None:
            return
        try:
            await asyncio.wait_for(self._process.communicate(b""), LEAVING_TIME)
        except (TimeoutError, asyncio.CancelledError):
            self._process.kill()
            await self._process.communicate()


class _OneLine(logging.Formatter):
    """Tells an error in one line."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - as logging declares it
        """Nothing: a traceback helps nobody who runs a server, and its values are private."""
        del ei
        return ""


def _page(name: str, status: int = 200, **words: str) -> web.Response:
    """A page with words put in."""
    text = PAGES.joinpath(name).read_text(encoding="utf-8")
    for mark, value in words.items():
        text = text.replace(f"{{{mark}}}", escape(value))
    return web.Response(status=status, text=text, content_type="text/html")


def _line(arguments: Sequence[str]) -> str:
    """A command as the shell of this system reads it."""
    return subprocess.list2cmdline(arguments) if sys.platform == "win32" else f"exec {shlex.join(arguments)}"
