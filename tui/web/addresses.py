"""Addresses to serve at: which are this machine alone, and from which pages a visitor may come."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether a host name or address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and under which address visitors see it."""

    host: str
    port: int
    public: str = ""
    """The address that visitors type when it stands behind a reverse proxy; empty without one."""

    @property
    def is_private(self) -> bool:
        """Whether nobody on another machine reaches it."""
        return is_loopback(self.host) and (
            not self.public or is_loopback(urlsplit(self.public).hostname or "")
        )

    @property
    def url(self) -> str:
        """What visitors type."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether visitors come through TLS."""
        return self.public.startswith("https:")

    def admits(self, host: str, origin: str | None) -> bool:
        """Whether a request names this server and comes from a page of it.

        Another page in the same browser must not open a session (`Origin`), and no name that somebody points at
        this machine may stand for it (`Host`).
        """
        public = urlsplit(self.public).netloc
        named = urlsplit(f"//{host}").hostname or ""
        if self.is_private and not (is_loopback(named) or host == public):
            return False
        return origin is None or urlsplit(origin).netloc in {host, public} - {""}
