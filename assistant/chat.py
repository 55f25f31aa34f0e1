"""Asks a chat model through LangChain; the only module of the assistant that knows it."""

from __future__ import annotations

import weakref
from functools import cached_property
from importlib import import_module
from threading import Event, Lock
from typing import TYPE_CHECKING

from .deadline import Patience, TooSlowError, within
from .errors import ChatError, ChatTrouble
from .keys import find_key
from .prompt import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable
    from openai import DefaultHttpxClient

    from .chat_settings import ChatSettings
    from .prompt import Prompt

MOST_TOKENS = 1_000
"""Tokens of a reply, at most."""
_OPENAI = "https://api.openai.com/v1"
"""Said openly, so that no variable of the environment sends questions to another place than the user agreed to."""
_NO_KEY = "none"
"""Sent in place of a key to a server for which none is kept, so that a key for another one is never taken."""


class ChatModel:
    """A chat model that the user agreed to use; nothing is loaded or sent before it is asked."""

    def __init__(self, settings: ChatSettings, patience: Patience | None = None) -> None:
        self.settings = settings
        """Which model, where."""
        self._patience = patience or Patience()
        self._loading = Lock()
        self._given_up = Event()

    @property
    def name(self) -> str:
        """How answers name it."""
        return self.settings.model

    def warm(self) -> None:
        """Load what a question will need (LangChain: 1.5 s), without sending anything.

        Raises:
            ChatError: if the package for its provider is missing.
        """
        with self._loading:  # the first of several threads makes it, once
            self._bound  # noqa: B018 - kept
            _load_late_parts(self._model)

    def reply(self, prompt: Prompt, *, structured: bool) -> Iterator[str]:
        """The reply in fragments, as it comes.

        Args:
            prompt: What is sent.
            structured: Whether the server is to hold the model to the form; some servers cannot.

        Raises:
            ChatError: if the model does not answer, or not in time.
        """
        self.warm()  # before the clock starts
        self._given_up = Event()
        model = self._bound if structured else self._model
        try:
            yield from within(lambda: self._read(model, prompt), self._patience, self._given_up)
        except TooSlowError:
            raise self.error(ChatTrouble.SLOW) from None
        except ChatError:
            raise
        except Exception as error:  # noqa: BLE001 - providers raise errors of their own
            # Without its cause: what a server says may repeat the key or the passages.
            raise self.error(_trouble(error)) from None

    def give_up(self) -> None:
        """End the wait for the reply that another thread waits for; it counts as too slow."""
        self._given_up.set()

    def error(self, trouble: ChatTrouble) -> ChatError:
        """An error about this model."""
        place = self.settings.address or self.settings.model.partition(":")[0]
        return ChatError(trouble, self.name, place)

    def _read(self, model: Runnable[LanguageModelInput, AIMessage], prompt: Prompt) -> Iterator[str]:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - loaded by now
        from langsmith import tracing_context  # noqa: PLC0415

        messages = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        with tracing_context(enabled=self.settings.tracing):
            for chunk in model.stream(messages):
                yield _fragment(chunk)

    @cached_property
    def _model(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - 1.5 s, needed only with a model

        settings = self.settings
        options: dict[str, object] = {
            "temperature": 0,
            "max_retries": 0,
            "max_tokens": MOST_TOKENS,
            "timeout": self._patience.first,
        }
        key = find_key(settings)
        if key:
            options["api_key"] = key
        try:
            if not settings.address:
                if settings.model.startswith("openai:"):
                    options["base_url"] = _OPENAI
                return init_chat_model(settings.model, **options)  # type: ignore[no-any-return,call-overload]
            if settings.is_local:
                options["http_client"] = client = _direct_client(self._patience.first)
                weakref.finalize(self, client.close)
            return init_chat_model(  # type: ignore[no-any-return,call-overload]
                settings.model,
                model_provider="openai",
                base_url=settings.address,
                use_responses_api=False,
                **{"api_key": _NO_KEY, **options},
            )
        except ImportError:
            raise self.error(ChatTrouble.MISSING) from None
        except Exception as error:  # noqa: BLE001 - a provider complains of a missing key or name in its own way
            raise self.error(_trouble(error)) from None

    @cached_property
    def _bound(self) -> Runnable[LanguageModelInput, AIMessage]:
        """The model, held to our schema; without LangChain's parser, so that every fragment passes our limits."""
        from langchain_core.runnables import RunnableSequence  # noqa: PLC0415 - loaded by now

        try:
            chain = self._model.with_structured_output(SCHEMA)
        except NotImplementedError:
            return self._model  # it follows the prompt alone
        return chain.first if isinstance(chain, RunnableSequence) else self._model


def _direct_client(timeout: float) -> DefaultHttpxClient:
    """A client that goes to this machine alone: through no proxy, and to no other place if the server says so."""
    from openai import DefaultHttpxClient  # noqa: PLC0415 - loaded by now

    return DefaultHttpxClient(trust_env=False, follow_redirects=False, timeout=timeout)


def _load_late_parts(model: BaseChatModel) -> None:
    """Load what LangChain and the client of OpenAI would load with the first request (1 s)."""
    import_module("langchain_core.tracers.langchain")
    client = getattr(model, "root_client", None)
    if client is not None:
        client.beta.chat.completions  # noqa: B018 - loaded by being looked at


def _fragment(chunk: AIMessage) -> str:
    """What a chunk adds to the reply, as text or as the arguments of the form."""
    calls = "".join(call["args"] or "" for call in getattr(chunk, "tool_call_chunks", ()))
    return calls or str(chunk.text)


def _trouble(error: Exception) -> ChatTrouble:
    """What an error of a provider means."""
    from langchain_core import exceptions  # noqa: PLC0415 - loaded by now

    kinds = (
        (exceptions.ContextOverflowError, ChatTrouble.CONTEXT),
        (exceptions.ModelAuthenticationError, ChatTrouble.KEY),
        (exceptions.ModelPermissionDeniedError, ChatTrouble.KEY),
        (exceptions.ModelNotFoundError, ChatTrouble.UNKNOWN),
        (exceptions.ModelRateLimitError, ChatTrouble.RATE),
        (exceptions.ModelTimeoutError, ChatTrouble.SLOW),
        (exceptions.ModelConnectionError, ChatTrouble.UNREACHABLE),
        (exceptions.ModelInvalidRequestError, ChatTrouble.MALFORMED),
    )
    found = next((trouble for kind, trouble in kinds if isinstance(error, kind)), None)
    if found in {None, ChatTrouble.MALFORMED} and _speaks_of_length(error):
        return ChatTrouble.CONTEXT
    return found or _by_status(error)


_STATUSES = {
    400: ChatTrouble.MALFORMED,
    401: ChatTrouble.KEY,
    403: ChatTrouble.KEY,
    404: ChatTrouble.UNKNOWN,
    408: ChatTrouble.SLOW,
    413: ChatTrouble.CONTEXT,
    422: ChatTrouble.MALFORMED,
    429: ChatTrouble.RATE,
}


def _by_status(error: Exception) -> ChatTrouble:
    """What an error means by its HTTP status or its name, for providers that LangChain does not classify."""
    status = getattr(error, "status_code", None)
    if status in _STATUSES:
        return _STATUSES[status]
    name = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return ChatTrouble.SLOW
    if isinstance(error, OSError) or "Connect" in name or "RemoteProtocol" in name or "ReadError" in name:
        return ChatTrouble.UNREACHABLE
    if "LengthFinishReason" in name or "JSONDecode" in name or isinstance(error, ValueError):
        return ChatTrouble.KEY if "api_key" in str(error) else ChatTrouble.MALFORMED
    return ChatTrouble.KEY if "api_key" in str(error) else ChatTrouble.SERVER


def _speaks_of_length(error: Exception) -> bool:
    said = str(error).casefold()
    return any(
        words in said for words in ("context length", "context_length", "context size", "context window")
    )
