"""Which chat model is used, where it is, and whether the user agreed to it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator


class ChatSettings(BaseModel):
    """A chat model as the user chose it; without one, answers are quotes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str = Field(default="", max_length=200)
    """Name at its server; without an address `provider:name`, as LangChain's `init_chat_model` takes it."""
    address: str = Field(default="", max_length=500)
    """Base URL of an OpenAI-compatible server, such as `http://127.0.0.1:11434/v1`; empty for a provider's own."""
    agreed: str = ""
    """The destination that the user agreed to send questions and passages to."""
    tracing: bool = False
    """Whether LangChain may report to a tracing service that the environment names."""

    @field_validator("address")
    @classmethod
    def _is_web_address(cls, address: str) -> str:
        parts = urlsplit(address)
        if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("an address begins with http:// or https://")
        if parts.port == 0 or parts.username or parts.password:
            raise ValueError("an address holds no user name, no password and no port 0")
        return address.rstrip("/")

    @property
    def destination(self) -> str:
        """Where questions and passages go: the model and its server or provider."""
        return f"{self.model} at {self.address or self.model.partition(':')[0]}" if self.model else ""

    @property
    def is_on(self) -> bool:
        """Whether a model is chosen and the user agreed to just this one."""
        return bool(self.model) and self.agreed == self.destination

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(urlsplit(self.address).hostname or "")

    @property
    def local_ports(self) -> tuple[int, ...]:
        """The port of a server on this machine; none for one elsewhere."""
        parts = urlsplit(self.address)
        return (parts.port or 80,) if self.is_local else ()

    def agreed_to(self) -> ChatSettings:
        """The same, agreed to by the user."""
        return self.model_copy(update={"agreed": self.destination})


def is_loopback(host: str) -> bool:
    """Whether a host name or number is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
