"""What a fork server has Typst do before it forks."""

import subprocess
import sys

import pytest

from yuechi_report.page.fonts import font_files

_SCRIPT = """
from pathlib import Path
from nbformat.v4 import new_markdown_cell, new_notebook
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.pdf import page_fonts, warm_up

def memory():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) * 1024

blocks = read_blocks(new_notebook(cells=[new_markdown_cell("# 一")]))
page_fonts()
before = memory()
warm_up(blocks)
print(memory() - before, len(list(Path("/proc/self/task").iterdir())))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")
def test_warming_reads_both_fonts_and_starts_no_thread() -> None:
    """The font files are in memory afterwards, and the process has its one thread still."""
    done = subprocess.run([sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True)
    grown, threads = map(int, done.stdout.split())
    assert threads == 1
    assert grown > sum(path.stat().st_size for path in font_files())
