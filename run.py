"""The one bootstrap: makes .venv from a lock and runs a job in it. Standard library only.

    python run.py report            # set up where needed, then the reports of 2024Q4
    python run.py setup | test | check | prove | lab | notebooks | example | docs | samples | bench | clean

requirements.lock is what reports need; the jobs of people who work on the code take requirements-dev.lock, which has
the same versions and more. The Makefile calls this file; Windows calls it directly. With a folder wheels/ next to it,
nothing is fetched.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LEAN = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
STAMP = VENV / "installed.sha256"
WHEELS = ROOT / "wheels"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
INPUT_NOT_TAKEN = 3


def main() -> int:
    """Run the job named on the command line and answer with its exit code."""
    if sys.version_info < (3, 11):
        print("需要Python 3.11或更高版本。/ Python 3.11 or newer is needed.", file=sys.stderr)
        return 5
    name = sys.argv[1] if len(sys.argv) > 1 else "report"
    if name not in JOBS:
        print(__doc__, file=sys.stderr)
        return 2
    job, lock = JOBS[name]
    if lock is not None:
        install(lock, again=name == "setup")
    return job(sys.argv[2:])


def install(lock: Path, *, again: bool = False) -> None:
    """Make .venv and install the lock's packages, then this project; skipped where they, or more of the same, are there.

    `again` looks at every package all the same: one may have been removed since.
    """
    found = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    if found in (_stamp(lock), _stamp(DEV)):
        if not again:
            return
        lock = DEV if found == _stamp(DEV) else lock
    if not PYTHON.is_file():
        print("正在建立运行环境……", file=sys.stderr)
        venv.create(VENV, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    STAMP.unlink(missing_ok=True)
    print("正在安装锁定的依赖（首次约一两分钟）……", file=sys.stderr)
    subprocess.run([*pip, *offline, "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*pip, *offline, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    quote_place()
    STAMP.write_text(_stamp(lock), encoding="utf-8")


def quote_place() -> None:
    """Let no shell take a sign in the path of .venv for one of its own: some write it between double quotes."""
    place = str(VENV)
    if "'" in place or not set(place) & set("$`\\!"):
        return
    for path in SCRIPTS.iterdir():
        before = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        after = re.sub(rb'"(%s[^"\n]*)"' % re.escape(os.fsencode(place)), rb"'\1'", before)
        if b"\0" not in before and after != before:
            path.write_bytes(after)


def _stamp(lock: Path) -> str:
    """What .venv depends on: the lock, the project's own requirements, the Python, the place."""
    files = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(files + sys.version.encode() + str(ROOT).encode()).hexdigest()


def call(*command: str, **variables: str) -> int:
    """Run a program of .venv in the repository's root."""
    program = SCRIPTS / command[0]
    env = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}", **variables}
    return subprocess.run([str(program), *command[1:]], cwd=ROOT, env=env, check=False).returncode


def report(arguments: list[str]) -> int:
    """The main job: a quarter's reports. 3 with reports made (some input was not taken) is well."""
    quarter = [] if "--quarter" in arguments else ["--quarter", os.environ.get("QUARTER") or "2024Q4"]
    before = _made_at()
    code = call("yuechi-report", "run", *quarter, *arguments)
    return 0 if code == INPUT_NOT_TAKEN and _made_at() > before else code


def _made_at() -> int:
    """When the index over all reports was last written; 0 where there is none."""
    index = ROOT / "reports" / "index.html"
    return index.stat().st_mtime_ns if index.is_file() else 0


def test(arguments: list[str]) -> int:
    """All tests but the long proofs, and the committed notebooks executed again and compared (nbval, strict)."""
    options = ["-n", "2", "--dist", "loadfile", "--nbval", "--nbval-cell-timeout", "120", "--nbval-current-env"]
    return call("pytest", *(arguments or [*options, "tests", "notebooks"]))


def check(_: list[str]) -> int:
    """Format, lint, types, import contracts: everything is run, the worst answer counts."""
    commands = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("lint-imports",),
    )
    return max(call(*command) for command in commands)


def prove(arguments: list[str]) -> int:
    """The proofs that are too long for `test`: whole sweeps of which `test` has a sample."""
    return call("pytest", "-m", "proof", "-n", "2", *(arguments or ["tests"]))


def lab(arguments: list[str]) -> int:
    """JupyterLab on copies of the notebooks, so that autosave leaves the committed ones alone."""
    copies = ROOT / "scratch" / "notebooks"
    copies.mkdir(parents=True, exist_ok=True)
    for notebook in NOTEBOOKS:
        if not (copies / notebook.name).exists():
            shutil.copyfile(notebook, copies / notebook.name)
    return call("jupyter", "lab", "--notebook-dir", str(copies), *arguments, YUECHI_WORKSPACE=str(ROOT))


def notebooks(_: list[str]) -> int:
    """Execute the committed notebooks with their defaults and keep the outputs."""
    return call("python", "-m", "yuechi_report.run.execute", *(path.name for path in NOTEBOOKS))


def example(_: list[str]) -> int:
    """Write the shipped example's book anew."""
    return call("python", str(ROOT / "example" / "build.py"))


def docs(_: list[str]) -> int:
    """Renew what is made in docs: the rules from their cases, the schemas from their models."""
    rules = call("python", str(ROOT / "tests" / "spec" / "write_rules.py"))
    schemas = call("python", "-m", "yuechi_report.cli.contracts", str(ROOT / "docs" / "schemas"))
    return max(rules, schemas)


def samples(_: list[str]) -> int:
    """Pictures of the published reports for docs/samples."""
    return call("python", str(ROOT / "docs" / "samples" / "make.py"))


def bench(arguments: list[str]) -> int:
    """Measurements; ratios of one interleaved run."""
    return call("python", str(ROOT / "benchmarks" / "bench.py"), *arguments)


def clean(_: list[str]) -> int:
    """Remove what can be made again: reports, index, caches. .venv and reports/README.md stay."""
    for path in (ROOT / "reports").glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "README.md":
            path.unlink()
    (ROOT / "data" / "ledger.db").unlink(missing_ok=True)
    for name in (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache", "scratch"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


JOBS: dict[str, tuple[Callable[[list[str]], int], Path | None]] = {
    "setup": (lambda _: 0, LEAN),
    "report": (report, LEAN),
    "test": (test, DEV),
    "check": (check, DEV),
    "prove": (prove, DEV),
    "lab": (lab, DEV),
    "notebooks": (notebooks, DEV),
    "example": (example, LEAN),
    "docs": (docs, DEV),
    "samples": (samples, DEV),
    "bench": (bench, DEV),
    "clean": (clean, None),
}
"""Name → the job, and the lock whose packages it needs."""

if __name__ == "__main__":
    sys.exit(main())
