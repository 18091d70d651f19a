"""`python benchmarks/pages.py`: the same executed notebook through nbconvert's own exporters and ours; Typst's time.

Every way is a fresh process; rounds are interleaved, seconds are medians of CPU time (its children's included) and of
the wall clock; only the former means something on a machine that others use. The PDF of nbconvert's HTML is printed by
Chromium, as `--to webpdf` does through Playwright. The register of 300 tasks is measured in this process, the first
compilation only, since Typst remembers what it has set.
"""

import argparse
import io
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdf

ROOT = Path(__file__).resolve().parents[1]
OURS = "yuechi_report.render.exporters"
NOTEBOOK = ROOT / "notebooks" / "county_quarterly.ipynb"
EXPORT = """
import sys, nbformat
from importlib import import_module
from pathlib import Path
module, name, source, target = sys.argv[1:]
book = nbformat.read(source, as_version=4)
out, _ = getattr(import_module(module), name)().from_notebook_node(book, {"metadata": {"name": Path(source).stem}})
Path(target).write_bytes(out if isinstance(out, bytes) else out.encode())
"""
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def export(module: str, name: str, target: Path) -> None:
    """One exporter in a process of its own."""
    subprocess.run([sys.executable, "-c", EXPORT, module, name, NOTEBOOK, target], check=True, capture_output=True)


def printed(folder: Path) -> None:
    """The HTML of nbconvert, printed by Chromium."""
    export("nbconvert", "HTMLExporter", folder / "printed.html")
    options = (*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/nbconvert.pdf")
    subprocess.run(
        ["chromium", *options, "--no-pdf-header-footer", (folder / "printed.html").as_uri()],
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Measure, look at what came out, print both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways: dict[str, Callable[[], None]] = {
            "nbconvert.html": lambda: export("nbconvert", "HTMLExporter", folder / "nbconvert.html"),
            "ours.html": lambda: export(OURS, "YuechiHtmlExporter", folder / "ours.html"),
            "nbconvert.pdf": lambda: printed(folder),
            "ours.pdf": lambda: export(OURS, "YuechiPdfExporter", folder / "ours.pdf"),
            "ours.docx": lambda: export(OURS, "YuechiDocxExporter", folder / "ours.docx"),
        }
        if not shutil.which("chromium"):
            del ways["nbconvert.pdf"]
        measured: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, make in ways.items():
                measured[way].append(seconds_of(make))
        print(f"{rounds} rounds, load {os.getloadavg()[0]:.1f}; CPU and wall as ratios to nbconvert.html")
        base = medians(measured["nbconvert.html"])
        for way in ways:
            content, (cpu, wall) = (folder / way).read_bytes(), medians(measured[way])
            ratios = f"CPU {cpu:5.2f} s {cpu / base[0]:5.2f} × wall {wall / base[1]:5.2f} ×"
            print(f"{way:<16}{len(content) / 1024:8.0f} KB {ratios}  {seen(way, content)}")
    print("register of 300 tasks: Typst wall {:.2f} s, CPU {:.2f} s".format(*register_seconds()))


def seconds_of(make: Callable[[], None]) -> tuple[float, float]:
    """CPU seconds of the processes it starts, and wall seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    make()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def medians(rounds: list[tuple[float, float]]) -> tuple[float, float]:
    """The median of each."""
    cpu, wall = zip(*rounds, strict=True)
    return statistics.median(cpu), statistics.median(wall)


def seen(way: str, content: bytes) -> str:
    """What a file holds: pages, tags, outline, language of a PDF; addresses fetched by an HTML."""
    if way.endswith(".html"):
        text = content.decode()
        fetched = re.findall(r"""(?:src|href)=["'](https?://[^"']+\.(?:js|css)[^"']*)""", text)
        return f"fetched {sorted(set(fetched))}; scripts {text.count('<script')}; Chinese {len(re.findall('[一-鿿]', text))}"
    if not way.endswith(".pdf"):
        return ""
    reader = pypdf.PdfReader(io.BytesIO(content))
    catalogue = reader.root_object
    chinese = sum(len(re.findall("[一-鿿]", page.extract_text())) for page in reader.pages)
    return (
        f"{len(reader.pages)} pages; tags {'/StructTreeRoot' in catalogue}; outline {_count(reader.outline)}; "
        f"language {catalogue.get('/Lang')}; PDF/A {b'pdfaid' in content}; Chinese {chinese}"
    )


def _count(outline: list[object]) -> int:
    return sum(_count(item) if isinstance(item, list) else 1 for item in outline)


def register_seconds() -> tuple[float, float]:
    """Typst's part, wall and CPU, of one PDF whose annex has 300 tasks."""
    sys.path.insert(0, str(ROOT / "tests" / "unit" / "render"))
    from test_large_register import TASKS, TITLES, row

    from conftest import Build
    from yuechi_report.render import pdf
    from yuechi_report.render.blocks import read_blocks

    build, found = Build(), []
    table = build.table(TITLES, *map(row, range(1, TASKS + 1)), caption="附件", compact=True, landscape=True)
    inner = pdf._compile

    def timed(*arguments: object) -> bytes:
        start = time.perf_counter(), time.process_time()
        made = inner(*arguments)
        found.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        return made

    pdf._compile = timed
    pdf.render_pdf(read_blocks(build.notebook(build.shown(build.head()), build.shown(table))))
    return found[0]


if __name__ == "__main__":
    main()
