"""Writes docs/status-rules.md from the tables of cases.

python tests/spec/write_rules.py
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "docs" / "status-rules.md"


def main() -> None:
    """Write the document."""
    sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
    from rulebook.document import document

    TARGET.write_text(document() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
