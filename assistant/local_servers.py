"""Finds chat model servers that run on this machine; nothing but a list of models is asked for."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic

from .plain import plain_line

HOST = "127.0.0.1"
PORTS = (11434, 1234, 8080, 8000)
"""Where Ollama, LM Studio, llama.cpp and vLLM listen unless told otherwise."""
PATIENCE = 0.5
"""Seconds for each server, from the connection to the last byte."""
_LARGEST = 1_000_000
_MOST_MODELS = 100
_OK = 200


@dataclass(frozen=True, slots=True)
class LocalServer:
    """An OpenAI-compatible server on this machine."""

    name: str
    """What it is, such as `Ollama`."""
    address: str
    """Its base URL."""
    models: tuple[str, ...]
    """The models it offers, in its own order."""


def find_servers(ports: tuple[int, ...] = PORTS, patience: float = PATIENCE) -> tuple[LocalServer, ...]:
    """The servers that answer on some ports of this machine, in the order of the ports."""
    with ThreadPoolExecutor(max(1, len(ports))) as pool:
        found = pool.map(lambda port: _look(port, patience), ports)
        return tuple(server for server in found if server is not None)


def _look(port: int, patience: float) -> LocalServer | None:
    listed = _fetch(port, "/v1/models", patience)
    entries = listed.get("data") if isinstance(listed, dict) else None
    if not isinstance(entries, list):
        return None
    names = (entry.get("id") for entry in entries[:_MOST_MODELS] if isinstance(entry, dict))
    models = tuple(plain_line(name) for name in names if isinstance(name, str))
    version = _fetch(port, "/api/version", patience)
    name = "Ollama" if isinstance(version, dict) and "version" in version else "OpenAI-compatible server"
    return LocalServer(name, f"http://{HOST}:{port}/v1", models)


def _fetch(port: int, path: str, patience: float) -> object:
    """The JSON at a path; None if there is none in time. No proxy is used and no redirection followed."""
    end = monotonic() + patience
    connection = HTTPConnection(HOST, port, timeout=patience)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status != _OK:
            return None
        read = bytearray()
        while piece := response.read1(65_536):
            read += piece
            if len(read) > _LARGEST or monotonic() > end:
                return None
        return json.loads(read)
    except (OSError, HTTPException, ValueError, RecursionError):
        return None  # nothing listens there, or something that is no such server
    finally:
        connection.close()
