"""`hansa model`: choose who puts answers into words."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from tui.clean import clean
from tui.console.opening import open_index, open_services
from tui.language import _
from tui.sending import sending_words

if TYPE_CHECKING:
    from argparse import Namespace

    from assistant.chat_settings import ChatSettings


def show(options: Namespace) -> int:
    """Tell which model is used and what it is sent; with a question, exactly what would be sent for it."""
    services = open_services(options)
    if getattr(options, "question", None):
        return _preview(options)
    settings = services.chat_settings()
    if not settings.is_on:
        print(_("No chat model is used: answers are quotes from the guides, and nothing is sent anywhere."))
        print(_("hansa model list shows the models on this machine."))
        return 0
    print(_("{model} puts answers into words.").format(model=clean(settings.model)))
    _print_sending(settings)
    print(_("hansa model off turns it off."))
    return 0


def _preview(options: Namespace) -> int:
    from assistant.preview import preview

    prompt = preview(options.question, open_index(open_services(options)))
    if prompt is None:
        print(_("Nothing would be sent: the guides do not answer this question."))
    else:
        print(clean(f"{prompt.system}\n\n{prompt.user}"))
    return 0


def show_found(options: Namespace) -> int:
    """List the models of the servers that run on this machine."""
    from assistant.local_servers import find_servers

    del options
    servers = find_servers()
    if not servers:
        print(_("No server for chat models runs on this machine. Start one, such as Ollama, and look again."))
    for server in servers:
        print(clean(f"{server.name}, {server.address}"))
        for model in server.models:
            print(clean(f"  hansa model use {model} --address {server.address}"))
    return 0


def use(options: Namespace) -> int:
    """Choose a model, after telling what it will be sent."""
    from assistant.chat_settings import ChatSettings

    services = open_services(options)
    try:
        settings = ChatSettings(model=options.model, address=options.address or _local_address(options.model))
    except ValueError:
        return _wrong(
            _("{address} is no address of a server; it looks like http://127.0.0.1:11434/v1.").format(
                address=options.address
            )
        )
    if not settings.address and ":" not in settings.model:
        return _wrong(
            _(
                "No server on this machine has a model called {model}: name its server with --address, or its provider "
                "as in openai:{model}."
            ).format(model=settings.model)
        )
    print(_("{model} would put answers into words. What it is sent:").format(model=clean(settings.model)))
    _print_sending(settings)
    if not options.yes and not _agreed():
        print(_("Nothing was changed."))
        return 0
    tracing = services.chat_settings().tracing
    services.choose_chat(settings.model_copy(update={"tracing": tracing}).agreed_to())
    print(_("Chosen. hansa model off turns it off again."))
    return 0


def off(options: Namespace) -> int:
    """Use no model any more."""
    from assistant.chat_settings import ChatSettings

    open_services(options).choose_chat(ChatSettings())
    print(
        _("No chat model is used any more: answers are quotes from the guides, and nothing is sent anywhere.")
    )
    return 0


def key(options: Namespace) -> int:
    """Put the key for the chosen model into the system's keyring."""
    from assistant.keys import keep_key

    settings = open_services(options).chat_settings()
    if not settings.model:
        return _wrong(_("Choose a model first: hansa model use NAME"))
    typed = getpass(
        _("Key for {place} (nothing is shown; empty takes it out): ").format(place=settings.destination)
    )
    keep_key(settings, typed.strip())
    print(_("Kept in the keyring.") if typed.strip() else _("Taken out of the keyring."))
    return 0


def _local_address(model: str) -> str:
    """Where on this machine a model is; empty if no server has it."""
    from assistant.local_servers import find_servers

    return next((server.address for server in find_servers() if model in server.models), "")


def _print_sending(settings: ChatSettings) -> None:
    for sentence in sending_words(settings):
        print(f"  {clean(sentence)}")


def _agreed() -> bool:
    """Whether the user says yes; nobody there to ask says no."""
    if not sys.stdin.isatty():
        print(_("Nobody is there to ask; --yes agrees to it."), file=sys.stderr)
        return False
    return input(_("Use it? (yes or no) ")).strip().casefold() in {_("yes"), _("y"), "y", "yes"}


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
