"""Writing to a terminal that is lost: the rest is thrown away, so that the application can end and save."""

from __future__ import annotations

from contextlib import suppress

from textual.drivers._writer_thread import WriterThread


def _write_while_there(self: WriterThread) -> None:
    lost = False
    while (text := self._queue.get()) is not None:
        if lost:
            continue
        try:
            self._file.write(text)
            if self._queue.qsize() == 0:
                self._file.flush()
        except (OSError, ValueError):
            lost = True
    with suppress(OSError, ValueError):
        self._file.flush()


def go_on_without_terminal() -> None:
    """Have the writer of Textual 8.2.8 survive a lost terminal.

    Its thread ends with the first error, and the application waits for ever once the 30 places of its queue are taken.
    """
    WriterThread.run = _write_while_there  # type: ignore[method-assign]
