"""The typesetter's process: payload on standard input, PDF on standard output. Called by `slip.typeset` only."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("slip.typ")


def main() -> int:
    """Typeset once and end; 1 with the reason on standard error if that is impossible."""
    payload = sys.stdin.buffer.read().decode()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(sys.argv[1])])
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, sys_inputs={"payload": payload})
    made_at = int(json.loads(payload)["made_at"])
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=made_at)
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.diagnostic}")
        return 1
    if not isinstance(pdf, bytes):
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
