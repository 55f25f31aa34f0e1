"""Make tui/fonts/*.ttf: the letters of DejaVu Sans in which PDF documents are set.

usage: document_fonts.py FOLDER

FOLDER holds DejaVuSans.ttf and DejaVuSans-Bold.ttf of the DejaVu fonts 2.37. Kept are the Latin, Greek and Cyrillic
letters, and the signs that the documents use; so a font takes 90 kB in place of 750 kB. Needs fonttools, which the
product itself does not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import main as subset

FONTS = Path(__file__).resolve().parent.parent / "tui" / "fonts"
KEPT = (
    "0020-007E,00A0-024F,0259,02C6-02C7,02D8-02DD,0300-0304,0306-030C,0323-0328,0370-03FF,0400-04FF,1E00-1EFF,"
    "2010-2027,2030-203A,20AC,2116,2122,2190-2193,2212,2248,2264-2265,2713,25A0"
)
_OPTIONS = ("--layout-features=", "--no-hinting", "--notdef-outline", "--name-IDs=0,1,2,3,4,5,6,13,14")


def main() -> int:
    """Make both fonts."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        source = str(Path(sys.argv[1], name))
        subset([source, f"--unicodes={KEPT}", f"--output-file={FONTS / name}", *_OPTIONS])
    return 0


if __name__ == "__main__":
    sys.exit(main())
