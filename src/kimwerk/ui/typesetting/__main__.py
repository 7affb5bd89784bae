"""The typesetter's process: payload on standard input, PDF on standard output.

Called as `python -m kimwerk.ui.typesetting TEMPLATE FONTS`, by `render.typeset` only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

from kimwerk.ui.typesetting.compile import compile_pdf


def main() -> int:
    """Compile once and end; 1 with the reason on standard error if that is impossible."""
    template, fonts = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        pdf = compile_pdf(template, sys.stdin.buffer.read().decode(), fonts)
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.diagnostic}")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
