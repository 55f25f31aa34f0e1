"""Whether a command speaks in plain lines, from top to bottom, in place of drawing screens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def is_linear(options: Namespace) -> bool:
    """Whether plain lines are asked for with `--plain`, or nothing here can draw: a pipe, or `TERM=dumb`."""
    if options.plain:
        return True
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return not on_terminal or os.environ.get("TERM") == "dumb"
