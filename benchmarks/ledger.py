"""`status` for one quarter with 200 and with 20,000 receipts in the book: what the index is for.

CPU seconds, interleaved rounds in processes of their own, medians. Two shapes of the large book:
  notices  many notices and quarters, as a county's book grows; the quarter asked for has its usual files
  one      everything in one notice, recorded before the quarter asked for: the hardest shape, nothing can be left out
Rows are chained and sealed as the product writes them; archived files are left out, and the index is filled
with the example's own records under other numbers, because reading 20,000 workbooks is not what is measured.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from yuechi_report.domain.progress import Record
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book import chain, ledger
from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.receipt import HEADER, Receipt, line_of
from yuechi_report.intake.check.against import Against
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import rebuild_index

ROOT = Path(__file__).resolve().parents[1]
NOTICE, QUARTER = "yuechi-2024", "2024Q4"
SMALL, LARGE = 200, 20_000
_FIRST = datetime.fromisoformat("2020-01-01T00:00:00+08:00")
COMMAND = "from yuechi_report.cli import main; main()"
IN_PROCESS = """
import sys, time
from pathlib import Path
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
place = Workspace(Path(sys.argv[1])); request = load_params(place, "yuechi-2024", "2024Q4")
moment = Moment(request.as_of, request.known_at); assemble(place, request, moment)
start = time.process_time(); assemble(place, request, moment); print(time.process_time() - start)
"""


def run_ledger(rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {
            f"{SMALL} receipts": workspace(folder / "small", SMALL, "notices"),
            f"{LARGE} in many notices": workspace(folder / "notices", LARGE, "notices"),
            f"{LARGE} in one notice": workspace(folder / "one", LARGE, "one"),
        }
        times: dict[str, list[tuple[float, float]]] = {key: [] for key in places}
        for _ in range(rounds):
            for key, place in places.items():
                times[key].append((status(place), assembling(place)))
    print(f"ledger: status for one quarter, {rounds} rounds, median CPU seconds")
    base = [statistics.median(column) for column in zip(*times[f"{SMALL} receipts"], strict=True)]
    for key, found in times.items():
        whole, part = (statistics.median(column) for column in zip(*found, strict=True))
        print(
            f"  {key:<24} command {whole:6.2f} ({whole / base[0]:.2f}×)   "
            f"assembling the scope alone {part:6.3f} ({part / base[1]:.2f}×)"
        )


def status(place: Workspace) -> float:
    """CPU seconds of the whole command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-c", COMMAND, "status", "--quarter", QUARTER, "--json", "--notice", NOTICE]
    done = subprocess.run([*words, "--workspace", str(place.root)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if len(json.loads(done.stdout)) != 37:
        raise SystemExit("status did not answer for every task")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def assembling(place: Workspace) -> float:
    """CPU seconds of reading book, index and settings in a warm process."""
    words = [sys.executable, "-c", IN_PROCESS, str(place.root)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def workspace(root: Path, rows: int, shape: str) -> Workspace:
    """The example with further receipts behind its own, until there are `rows`."""
    for name in ("data", "params"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("ledger.db*"))
    place = Workspace(root)
    rebuild_index(place)
    against = load_against(place, NOTICE)
    own, records = chain.read_book(place.book_file).receipts, _records(place, against)
    more = [
        (receipt.seq, _further(receipt, number // len(own), shape))
        for number, receipt in zip(range(rows - len(own)), cycle(own))
    ]
    kept = [(receipt.seq, receipt) for receipt in own]
    ordered = [*kept, *more] if shape == "notices" else [*more, *kept]
    _write_book(place.book_file, [row for _, row in ordered])
    _fill_index(place, against, [records.get(seq, []) for seq, _ in ordered])
    return place


def _further(receipt: Receipt, copy: int, shape: str) -> Receipt:
    """The same receipt in another notice, or in an earlier quarter of this one."""
    content = digest_of(f"{receipt.seq}-{copy}".encode())
    if shape == "notices":
        return replace(receipt, notice=f"n-{copy // 4:03d}", sha256=content)
    quarter = Quarter(1950 + copy // 4, 1 + copy % 4)
    moments = {"received_at": _FIRST + timedelta(days=copy), "recorded_at": _FIRST + timedelta(days=copy)}
    return replace(receipt, quarter=str(quarter), sha256=content, **moments)


def _write_book(path: Path, rows: list[Receipt]) -> None:
    head, lines = "0" * 64, []
    moment = rows[0].recorded_at
    for seq, row in enumerate(rows, start=1):
        moment = max(moment, row.recorded_at)
        lines.append(line_of(replace(row, seq=seq, previous_hash=head, recorded_at=moment)))
        head = digest_of(lines[-1])
    path.write_bytes(HEADER + b"".join(line + b"\n" for line in lines))
    path.with_suffix(".seal").write_text(f"{len(rows)} {head}\n")


def _records(place: Workspace, against: Against) -> dict[int, list[Record]]:
    """The example's own records by receipt."""
    with ledger.open_ledger(place.book_file, place.ledger_file, against) as index:
        known = index.history(datetime.max.replace(tzinfo=_FIRST.tzinfo))
    records: dict[int, dict[object, Record]] = {}
    for record in (*known.entries, *known.decisions, *known.submissions, *known.withdrawn):
        records.setdefault(record.source.seq, {})[type(record), record.source.row] = record
    return {seq: list(found.values()) for seq, found in records.items()}


def _fill_index(place: Workspace, against: Against, records: list[list[Record]]) -> None:
    """ledger.db for the whole book: each copy has the records of the receipt it copies, in the book's order."""
    names = {receipt.notice for receipt in chain.read_book(place.book_file).receipts}
    notices = [_of_notice(against, name) for name in sorted(names)]
    real = ledger.records_of

    def copied(receipt: Receipt, *_: object) -> list[Record]:
        return [_numbered(record, receipt) for record in records[receipt.seq - 1]]

    ledger.records_of = copied  # type: ignore[assignment]
    try:
        ledger.rebuild(place.book_file, place.ledger_file, notices)
    finally:
        ledger.records_of = real


def _of_notice(against: Against, name: str) -> Against:
    return replace(against, register=replace(against.register, notice=replace(against.register.notice, id=name)))


def _numbered(record: Record, receipt: Receipt) -> Record:
    source = replace(record.source, seq=receipt.seq, file=receipt.file, recorded_at=receipt.recorded_at)
    return replace(record, source=source, quarter=Quarter.parse(receipt.quarter))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    run_ledger(parser.parse_args().rounds)
