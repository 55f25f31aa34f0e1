"""Earlier conversations, in a file of their own.

They stand apart from the index: it can be removed and built again from the guides, and what was asked cannot.
Rows are few and flat, so plain SQL in a SQLite file suffices. What is erased is overwritten in the file.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.words import folded_words

from .conversation import Conversation, ConversationHead, Exchange, Feedback, Reason
from .errors import HistoryError, UnknownConversationError
from .model import Answer, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .model import Citation

_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE conversations (
               id INTEGER PRIMARY KEY AUTOINCREMENT, began TEXT NOT NULL)""",
        """CREATE TABLE exchanges (
               id INTEGER PRIMARY KEY AUTOINCREMENT,
               conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
               asked_at TEXT NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL,
               answer TEXT NOT NULL, trace TEXT NOT NULL)""",
        "CREATE INDEX exchanges_conversation ON exchanges (conversation)",
        """CREATE TABLE feedback (
               exchange INTEGER PRIMARY KEY REFERENCES exchanges ON DELETE CASCADE,
               good INTEGER NOT NULL, reason TEXT NOT NULL, expected TEXT NOT NULL, is_case INTEGER NOT NULL)""",
    ),
)
"""Statements that lead from each version of the file to the next; they are only ever added to."""
BUSY_SECONDS = 10.0
"""How long a writer waits for another."""
_EXCHANGES = """SELECT e.id, e.asked_at, e.answer, e.trace, f.good, f.reason, f.expected, f.is_case
                FROM exchanges e LEFT JOIN feedback f ON f.exchange = e.id"""

_HEADS = """SELECT c.id, c.began, count(*), min(e.id), e.question
            FROM conversations c JOIN exchanges e ON e.conversation = c.id GROUP BY c.id"""
"""SQLite takes a bare column, here `question`, from the row that holds the minimum."""


class History:
    """The conversations of one user; may be shared between threads.

    Every method raises `HistoryError` if the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        """The file; it is made when something is kept."""
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # Keeping --------------------------------------------------------------------------------------

    def keep(self, answer: Answer, at: datetime, conversation: Conversation | None = None) -> Conversation:
        """Keep an answer as the next of a conversation, or as the first of a new one; gives that conversation.

        A conversation that was erased meanwhile is begun anew with what comes now.
        """
        with self._writing() as connection:
            number = conversation.id if conversation else None
            if number is None or not self._exists(connection, number):
                number = _inserted(
                    connection.execute("INSERT INTO conversations (began) VALUES (?)", (at.isoformat(),))
                )
            _put_exchange(connection, number, Exchange(0, at, answer))
            return self._conversation(connection, number)

    def rate(self, exchange: int, feedback: Feedback | None) -> None:
        """Note what the asker thinks of an answer, in place of what was thought before; None takes it back."""
        with self._writing() as connection:
            if connection.execute("SELECT 1 FROM exchanges WHERE id = ?", (exchange,)).fetchone() is None:
                raise UnknownConversationError(
                    "This answer is not kept any more; its conversation was erased."
                )
            connection.execute("DELETE FROM feedback WHERE exchange = ?", (exchange,))
            if feedback is not None:
                _put_feedback(connection, exchange, feedback)

    def erase(self, conversation: int) -> Conversation:
        """Erase a conversation; gives it, so that it can be put back.

        Raises:
            UnknownConversationError: if there is none with that number.
        """
        with self._writing() as connection:
            erased = self._conversation(connection, conversation)
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
        self._shrink_log()
        return erased

    def put_back(self, conversation: Conversation) -> None:
        """Keep an erased conversation again, under its own numbers."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO conversations (id, began) VALUES (?, ?)",
                (conversation.id, conversation.began.isoformat()),
            )
            for exchange in conversation.exchanges:
                _put_exchange(connection, conversation.id, exchange)

    def take_in(self, conversations: Iterable[Conversation]) -> int:
        """Keep conversations from elsewhere, their numbers 0, unless they are known already; how many were new."""
        taken = 0
        known = {(each.began, each.title) for each in self.conversations()}
        for conversation in conversations:
            if (conversation.began, conversation.title) in known:
                continue
            with self._writing() as connection:
                began = (conversation.began.isoformat(),)
                number = _inserted(connection.execute("INSERT INTO conversations (began) VALUES (?)", began))
                for exchange in conversation.exchanges:
                    _put_exchange(connection, number, exchange)
            taken += 1
        return taken

    def erase_all(self) -> None:
        """Erase every conversation."""
        if not self.path.exists():
            return
        with self._writing() as connection:
            connection.execute("DELETE FROM conversations")
        self._shrink_log()

    # Finding --------------------------------------------------------------------------------------

    def heads(self, words: str = "") -> tuple[ConversationHead, ...]:
        """The conversations with a question or answer that holds all of the words, the newest first."""
        wanted = [f"%{_escaped(word)}%" for word in folded_words(words)]
        holding = " AND ".join(["words LIKE ? ESCAPE '!'"] * len(wanted)) or "1"
        sql = f"{_HEADS} HAVING sum({holding}) ORDER BY c.id DESC"
        with self._reading() as connection:
            rows = [] if connection is None else connection.execute(sql, wanted).fetchall()
            return tuple(
                ConversationHead(number, datetime.fromisoformat(began), title, questions)
                for number, began, questions, _, title in rows
            )

    def conversations(self) -> tuple[Conversation, ...]:
        """All of them with what was said, the oldest first."""
        return tuple(self.conversation(head.id) for head in reversed(self.heads()))

    def conversation(self, number: int) -> Conversation:
        """The conversation with a number.

        Raises:
            UnknownConversationError: if there is none.
        """
        with self._reading() as connection:
            if connection is None:
                raise _unknown(number)
            return self._conversation(connection, number)

    def cases(self) -> tuple[Exchange, ...]:
        """The answers that are kept as questions to test the assistant with, oldest first."""
        with self._reading() as connection:
            if connection is None:
                return ()
            rows = connection.execute(f"{_EXCHANGES} WHERE f.is_case ORDER BY e.id")
            return tuple(_exchange(row) for row in rows)

    @staticmethod
    def _exists(connection: sqlite3.Connection, number: int) -> bool:
        found = connection.execute("SELECT 1 FROM conversations WHERE id = ?", (number,))
        return found.fetchone() is not None

    @staticmethod
    def _conversation(connection: sqlite3.Connection, number: int) -> Conversation:
        row = connection.execute("SELECT began FROM conversations WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise _unknown(number)
        rows = connection.execute(f"{_EXCHANGES} WHERE e.conversation = ? ORDER BY e.id", (number,))
        exchanges = tuple(_exchange(each) for each in rows)
        return Conversation(number, datetime.fromisoformat(row[0]), exchanges)

    # The file -------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of what is written inside, or nothing."""
        with self._lock, self._told_plainly():
            connection = self._opened()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The file; None while nothing was ever kept."""
        with self._lock, self._told_plainly():
            yield self._opened() if self._connection or self.path.exists() else None

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValidationError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise HistoryError(
                f"Earlier conversations in {self.path} cannot be used ({reason}); free the file and the disk, "
                "or move the file away to begin anew."
            ) from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                _bring_up_to_date(connection, self.path)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _shrink_log(self) -> None:
        """Leave nothing of what was erased in the log beside the file."""
        with self._lock, self._told_plainly():
            self._opened().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_MIGRATIONS):
        raise HistoryError(
            f"{path} is from a newer Hansa; install that, or set HANSA_HOME to another folder."
        )
    for statements in _MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
    connection.execute("COMMIT")


def _inserted(cursor: sqlite3.Cursor) -> int:
    return cursor.lastrowid or 0


def _put_exchange(connection: sqlite3.Connection, conversation: int, exchange: Exchange) -> None:
    """Write an exchange; its number is given by the file where it is 0."""
    answer = exchange.answer
    said = " ".join((answer.question, answer.taken_as, answer.answer, *map(_place, answer.citations)))
    number = _inserted(
        connection.execute(
            "INSERT INTO exchanges (id, conversation, asked_at, question, words, answer, trace)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                exchange.id or None,
                conversation,
                exchange.asked_at.isoformat(),
                answer.question,
                " ".join(folded_words(said)),
                answer.model_dump_json(),
                answer.trace.model_dump_json(),
            ),
        )
    )
    if exchange.feedback is not None:
        _put_feedback(connection, number, exchange.feedback)


def _put_feedback(connection: sqlite3.Connection, exchange: int, feedback: Feedback) -> None:
    connection.execute(
        "INSERT INTO feedback (exchange, good, reason, expected, is_case) VALUES (?, ?, ?, ?, ?)",
        (
            exchange,
            feedback.good,
            feedback.reason or "",
            json.dumps(feedback.expected, ensure_ascii=False),
            feedback.is_case,
        ),
    )


def _place(citation: Citation) -> str:
    return f"{citation.title} {citation.heading}"


def _exchange(row: tuple[int, str, str, str, int | None, str, str, int]) -> Exchange:
    number, asked_at, answer, trace, good, reason, expected, is_case = row
    feedback = None
    if good is not None:
        facts = tuple(str(fact) for fact in json.loads(expected))
        feedback = Feedback(bool(good), Reason(reason) if reason else None, facts, is_case=bool(is_case))
    said = Answer.model_validate_json(answer).model_copy(update={"trace": Trace.model_validate_json(trace)})
    return Exchange(number, datetime.fromisoformat(asked_at), said, feedback)


def _unknown(number: int) -> UnknownConversationError:
    return UnknownConversationError(
        f"There is no conversation {number}; `hansa history list` names them all."
    )


def _escaped(word: str) -> str:
    return "".join(f"!{sign}" if sign in "!%_" else sign for sign in word)
