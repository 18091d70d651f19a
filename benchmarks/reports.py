"""What a report costs: the usual loops, ours with one and two workers, and the floor, interleaved in one run.

  a  `papermill` and `jupyter nbconvert --to html` as commands, one report after the other
  b  the same by their Python interfaces, in one process
  c  ploomber-engine in one process, then nbconvert's interface; left out where it is not installed
  d  ours: forked children of a warm server; everything a run makes, HTML and PDF, HTML alone
  e  floor: the cells' code as plain functions in one warm process, drawing included, nothing written

a° and b° are a and b without `rfc3987_syntax`: jsonschema imports it where it is installed, which takes each
process that loads nbformat about three seconds; our package never lets it (run/__init__).

CPU of ours is all that the server and its children used, forking and waiting included. Steady seconds are
those of warm processes; with start-up, those of the whole command, or of a new process, for all units.

ploomber-engine must not come into our own environment; a folder of its own does:

    pip install --no-deps --target DIR ploomber-engine ploomber-core ploomber-extension debuglater posthog
    PYTHONPATH=DIR python benchmarks/reports.py
"""

import argparse
import ast
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import loops
import nbformat

from yuechi_report.run.forks import make_by_forks, start_server
from yuechi_report.run.limits import Limits
from yuechi_report.run.plan import Job, RunRequest
from yuechi_report.run.prepare import prepare
from yuechi_report.settings.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
QUARTER = "2024Q4"
FEW = 4
"""So many unit reports stand for all where one takes seconds."""
MEDIA = {"all files": (), "HTML + PDF": ("html", "pdf"), "HTML": ("html",)}
COMMANDS, FLOOR = "a commands", "e floor"
Cost = tuple[float, float]
"""Wall and CPU seconds."""
Ways = dict[str, tuple[int, Callable[[], object]]]
"""How many reports, and what makes them; what it returns as a float is CPU spent elsewhere."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=0, help="also so many reports in one batch, twice: N/10 and N")
    options = parser.parse_args()
    os.environ["YUECHI_WORKSPACE"] = str(ROOT)
    jobs = quarter_jobs()
    start_server(jobs)
    units = [job for job in jobs if job.unit]
    county = [job for job in jobs if not job.unit]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        by_functions(jobs, scratch)
        loops.by_papermill(jobs_of(units[:1]), scratch)
        costs = interleaved(usual_ways(units[:FEW], scratch) | our_ways(units, scratch), options.rounds)
        tell(f"a report of a unit ({len(units)})", costs, costs[COMMANDS])
        editions = interleaved(our_ways(county, scratch, workers=(1,)), options.rounds)
        tell_floor({"unit": (costs, len(units)), "county": (editions, len(county))})
        whole = interleaved(whole_ways(units, scratch), options.rounds)
        tell(f"the same, start-up counted ({len(units)})", whole, costs[COMMANDS])
        again(options.rounds)
        if options.many:
            scale(units, options.many, scratch)


def usual_ways(few: Sequence[Job], scratch: Path) -> Ways:
    """The loops a, b and c; b and c have loaded everything before, so that the import does not matter to them."""
    jobs = jobs_of(few)
    ways: Ways = {
        COMMANDS: (len(few), lambda: by_commands(few)),
        "a° commands, no rfc3987": (len(few), lambda: without_rfc3987(lambda: by_commands(few))),
        "b interfaces": (len(few), lambda: loops.by_papermill(jobs, scratch)),
    }
    if find_spec("ploomber_engine") is None:
        print("c ploomber-engine is not installed")
    else:
        ways["c ploomber-engine"] = (len(few), lambda: loops.by_ploomber(jobs, scratch))
    return ways


def our_ways(jobs: Sequence[Job], scratch: Path, workers: Sequence[int] = (1, 2)) -> Ways:
    """All kinds of d, and e."""
    ways: Ways = {
        f"d {media}, {count} worker": (len(jobs), made_by(jobs, media, scratch, count))
        for media in MEDIA
        for count in workers
    }
    return ways | {FLOOR: (len(jobs), lambda: by_functions(jobs, scratch))}


def whole_ways(units: Sequence[Job], scratch: Path) -> Ways:
    """A new process of b for all units, and our own command."""
    ways: Ways = {
        "b a new process": (len(units), lambda: by_new_process(units, scratch)),
        "b° new, no rfc3987": (len(units), lambda: without_rfc3987(lambda: by_new_process(units, scratch))),
    }
    return ways | {f"d command, {count} worker": (len(units), commanded(units, count)) for count in (1, 2)}


def quarter_jobs() -> list[Job]:
    """One job for each report of the shipped example's quarter."""
    place = Workspace(ROOT)
    return list(prepare(place, RunRequest(place.only_notice(None), QUARTER), lambda _: ()).jobs)


def jobs_of(jobs: Sequence[Job]) -> list[loops.LoopJob]:
    """The jobs as the loops take them."""
    return [(str(job.notebook), dict(job.parameters)) for job in jobs]


def interleaved(ways: Ways, rounds: int) -> dict[str, Cost]:
    """Median wall and CPU seconds a report, every way once a round."""
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (reports, way) in ways.items():
            wall, cpu = time.perf_counter(), cpu_seconds()
            used = way()
            elsewhere = used if isinstance(used, float) else 0.0
            found[name].append(((time.perf_counter() - wall) / reports, (cpu_seconds() - cpu + elsewhere) / reports))
    return {name: (median(w for w, _ in all_), median(c for _, c in all_)) for name, all_ in found.items()}


def median(values: Iterator[float]) -> float:
    """The median."""
    return statistics.median(values)


def tell(what: str, costs: dict[str, Cost], base: Cost) -> None:
    """A row each: seconds a report and how many times quicker than the commands."""
    print(f"{what}:")
    for name, (wall, cpu) in costs.items():
        against = f"quicker than a: wall {base[0] / wall:6.1f}×  CPU {base[1] / cpu:6.1f}×"
        print(f"  {name:<26} wall {wall:7.3f}  CPU {cpu:7.3f}   {against}", flush=True)


def tell_floor(groups: dict[str, tuple[dict[str, Cost], int]]) -> None:
    """CPU a report with one worker beside the floor: units, county, and all reports of a quarter together."""
    print("CPU a report, one worker, and how many times the floor:")
    names = [FLOOR, *(f"d {media}, 1 worker" for media in MEDIA)]
    rows = {group: [costs[name][1] for name in names] for group, (costs, _) in groups.items()}
    total = sum(number for _, number in groups.values())
    weighted = [[cpu * groups[group][1] / total for cpu in row] for group, row in rows.items()]
    rows["quarter"] = [sum(column) for column in zip(*weighted, strict=True)]
    for group, row in rows.items():
        print(
            f"  {group:<8}", *(f"{name} {cpu:.3f} ({cpu / row[0]:.2f}×)" for name, cpu in zip(names, row, strict=True))
        )


def cpu_seconds() -> float:
    """User and system time of this process and its finished children."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def call(*command: str, folder: Path) -> None:
    """Run a program quietly in a folder, with all that it leaves behind for a moment (its fork server)."""
    words = [sys.executable, str(ROOT / "benchmarks" / "whole.py"), str(SCRIPTS / command[0]), *command[1:]]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


def without_rfc3987(way: Callable[[], object]) -> None:
    """What is started meanwhile finds that module missing."""
    with tempfile.TemporaryDirectory() as name:
        text = "import sys\nsys.modules['rfc3987_syntax'] = None\n"
        (Path(name) / "sitecustomize.py").write_text(text, encoding="utf-8")
        with variable("PYTHONPATH", os.pathsep.join(filter(None, [name, os.environ.get("PYTHONPATH")]))):
            way()


@contextmanager
def variable(name: str, value: str) -> Iterator[None]:
    """An environment variable for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def by_commands(jobs: Sequence[Job]) -> None:
    """(a)"""
    with tempfile.TemporaryDirectory() as name:
        for job in jobs:
            parameters = [word for key, value in job.parameters for word in ("-p", key, value)]
            call("papermill", str(job.notebook), "out.ipynb", *parameters, folder=Path(name))
            call("jupyter", "nbconvert", "--to", "html", "out.ipynb", folder=Path(name))


def by_new_process(jobs: Sequence[Job], scratch: Path) -> None:
    """(b) with everything that starting costs."""
    listed = scratch / "jobs.json"
    listed.write_text(json.dumps(jobs_of(jobs)), encoding="utf-8")
    call("python", str(Path(loops.__file__)), "papermill", str(listed), str(scratch), folder=scratch)


def made_by(jobs: Sequence[Job], media: str, scratch: Path, workers: int) -> Callable[[], float]:
    """(d)"""
    own = [replace(job, target=scratch / "made", media=MEDIA[media]) for job in jobs]
    return lambda: by_server(own, workers)


def by_server(jobs: Sequence[Job], workers: int) -> float:
    """The CPU seconds of the server and its children, since it lives on."""
    before = server_cpu_seconds()
    records = list(make_by_forks(jobs, Limits(), workers=workers))
    bad = [record.error for record in records if record.outcome != "succeeded"]
    if bad:
        raise SystemExit(str(bad))
    return server_cpu_seconds() - before


def server_cpu_seconds() -> float:
    """User and system time of the server and the children it has waited for (proc(5), stat, fields 14 to 17)."""
    stat = Path(f"/proc/{server_pid()}/stat").read_text(encoding="utf-8")
    return sum(map(int, stat.rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")


def by_functions(jobs: Sequence[Job], scratch: Path) -> None:
    """(e): every cell's code in this process; what it shows is made into its bundle, like in a notebook."""
    for job in jobs:
        scope = scratch / "scope.json"
        scope.write_bytes(job.scope_json)
        names: dict[str, Any] = {"display": lambda *shown: [bundle(value) for value in shown]}
        with variable("YUECHI_SCOPE", str(scope)):
            for cell in nbformat.read(job.notebook, as_version=4).cells:
                if cell.cell_type == "code":
                    run_cell(cell.source, names)
                    if "parameters" in cell.metadata.get("tags", []):
                        names.update(job.parameters)


def run_cell(source: str, names: dict[str, Any]) -> None:
    """A cell's statements; the value of a last expression is shown."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebooks' code, as a notebook runs it
    if isinstance(last, ast.Expr):
        bundle(eval(compile(ast.Expression(last.value), "cell", "eval"), names))  # noqa: S307 - as above


def bundle(shown: Any) -> None:
    """What Jupyter would ask of an object."""
    if hasattr(shown, "_repr_mimebundle_"):
        shown._repr_mimebundle_()


def commanded(units: Sequence[Job], workers: int) -> Callable[[], None]:
    """The product's own command for these units; --force, so that nothing is reused."""
    names = [word for job in units for word in ("--unit", job.unit)]
    return lambda: call(
        "yuechi-report", "run", "--quarter", QUARTER, "--jobs", str(workers), "--force", *names, folder=ROOT
    )


def again(rounds: int) -> None:
    """The whole quarter, then once more with nothing changed: CPU seconds of both commands."""
    first, then = [], []
    for _ in range(rounds):
        for found, words in ((first, ["--force"]), (then, [])):
            cpu = cpu_seconds()
            call("yuechi-report", "run", "--quarter", QUARTER, *words, folder=ROOT)
            found.append(cpu_seconds() - cpu)
    made, kept = statistics.median(first), statistics.median(then)
    print(f"whole quarter: CPU {made:.2f} s; again with nothing changed: {kept:.2f} s, 1/{made / kept:.0f}", flush=True)


def scale(jobs: Sequence[Job], number: int, scratch: Path) -> None:
    """CPU a report and memory at a tenth of the number and at the number."""
    each: list[float] = []
    for count in (number // 10, number):
        many = [replace(jobs[n % len(jobs)], target=scratch / f"t{n % 50}") for n in range(count)]
        server_mb, own_mb = memory_mb(server_pid()), memory_mb()
        each.append(by_server(many, 2) / count)
        print(
            f"{count} reports: CPU {each[-1]:.3f} s each ({each[-1] / each[0]:.3f}×); "
            f"server {server_mb:.1f} → {memory_mb(server_pid()):.1f} MiB, "
            f"the run's own process {own_mb:.1f} → {memory_mb():.1f} MiB",
            flush=True,
        )


def server_pid() -> int | str:
    """The process of the fork server."""
    return forkserver._forkserver._forkserver_pid


def memory_mb(pid: int | str = "self") -> float:
    """What a process, by default this one, holds in memory now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    main()
