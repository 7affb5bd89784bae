"""The typesetter's process: payload on standard input, PDF on standard output.

Called as `python -m kimwerk.ui.typesetting TEMPLATE FONTS`, by `render.typeset` only; with `pages` behind it, by
`render.draw_pages`, it writes pictures of the pages instead, and with `each`, by `render.typeset_each`, a PDF for each
payload of a list; every part after its length in four bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import typst

from kimwerk.ui.typesetting.compile import compile_pages, compile_pdf


def main() -> int:
    """Compile once and end; 1 with the reason on standard error if that is impossible."""
    template, fonts = Path(sys.argv[1]), Path(sys.argv[2])
    payload = sys.stdin.buffer.read().decode()
    try:
        if sys.argv[3:] == ["pages"]:
            written = _one_after_another(compile_pages(template, payload, fonts))
        elif sys.argv[3:] == ["each"]:
            written = _one_after_another(compile_pdf(template, each, fonts) for each in json.loads(payload))
        else:
            written = compile_pdf(template, payload, fonts)
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.diagnostic}")
        return 1
    sys.stdout.buffer.write(written)
    return 0


def _one_after_another(parts: Iterable[bytes]) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


if __name__ == "__main__":
    sys.exit(main())
