"""The typesetter's process: payload on standard input, PDF on standard output.

Called as `python -m kimwerk.reporting.pdf FONTS`, by `render.render_pdf` only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

from kimwerk.reporting.pdf.compile import compile_pdf


def main() -> int:
    """Compile once and end; 1 with the reason on standard error if that is impossible."""
    try:
        pdf = compile_pdf(sys.stdin.buffer.read().decode(), Path(sys.argv[1]))
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.diagnostic}")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
