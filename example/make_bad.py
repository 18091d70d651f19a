"""Writes example/bad/: files as they really come, each with one thing wrong. All content is fictional.

Made from the same texts as the example's book (example/yuechi-2024), so that they can be tried on it:

    python example/make_bad.py
    yuechi-report submit --check --quarter 2024Q4 example/bad/*
"""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.style import Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace
from yuechi_report.settings.yaml_file import read_yaml
from yuechi_report.source.assemble import load_against

HERE = Path(__file__).parent
NOTICE = "yuechi-2024"
UNIT = "县人力资源和社会保障局"
ID_NUMBER = "11010519491231002X"  # the published example of GB 11643, nobody's
_DAY = (2024, 12, 18, 10, 0, 0)


@dataclass(frozen=True)
class Bad:
    """One file and how it is made from the good form's bytes."""

    name: str
    make: Callable[[Path], bytes]


def main() -> None:
    """Write the set anew."""
    folder = HERE / "bad"
    for path in folder.glob("*"):
        if path.name != "README.md":
            path.unlink()
    scratch = folder / ".scratch"
    scratch.mkdir(parents=True)
    for bad in SET:
        (folder / bad.name).write_bytes(bad.make(scratch / "form.xlsx"))
    shutil.rmtree(scratch)
    print(f"{len(SET)} files in {folder}")


def _rows() -> list[dict[str, str]]:
    against = load_against(Workspace.find(HERE.parent), NOTICE)
    content = read_yaml(HERE / NOTICE / "2024Q4.yml")
    [sent] = [one for one in content["submissions"] if one["stem"] == "human-resources-1"]
    return [_row(row, against) for row in sent["rows"]]


def _row(row: dict[str, Any], against: Any) -> dict[str, str]:
    task = against.register.task(int(row["task"]))
    typed = {key: str(value) for key, value in row.items() if key != "task"}
    return {"task_no": str(task.number), "title": task.title, "deadline": task.deadline_raw, **typed}


def _written(path: Path, rows: list[dict[str, str]], **labels: str) -> bytes:
    given = {"填报单位": UNIT, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}
    write_form(path, FORM, given | labels, rows, extras=Extras(notice=NOTICE))
    return path.read_bytes()


def _good(path: Path) -> bytes:
    return _written(path, _rows())


def _first(**changes: str) -> Callable[[Path], bytes]:
    """The good form with cells of its first row changed."""

    def make(path: Path) -> bytes:
        rows = _rows()
        return _written(path, [rows[0] | changes, *rows[1:]])

    return make


def _sheet(before: str, after: str) -> Callable[[Path], bytes]:
    """The good form with a piece of the sheet's XML replaced, as another program would have saved it."""

    def make(path: Path) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_good(path))) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                data = old.read(info)
                if info.filename == "xl/worksheets/sheet1.xml":
                    data, count = re.subn(before.encode(), after.encode(), data, count=1)
                    if not count:
                        raise SystemExit(f"{before} is not in the sheet")
                new.writestr(zipfile.ZipInfo(info.filename, _DAY), data)
        return buffer.getvalue()

    return make


def _moved(path: Path) -> bytes:
    """进展情况 and 存在问题 exchanged, titles and all."""
    columns = list(FORM.columns)
    first, second = (next(n for n, one in enumerate(columns) if one.key == key) for key in ("progress", "issues"))
    columns[first], columns[second] = columns[second], columns[first]
    labels = {"填报单位": UNIT, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}
    spec = type(FORM)(FORM.name, FORM.title, FORM.labels, tuple(columns), FORM.given)
    write_form(path, spec, labels, _rows(), extras=Extras(notice=NOTICE))
    return path.read_bytes()


def _temporary(path: Path) -> bytes:  # noqa: ARG001 - it holds nothing of the form
    return b"\x05user" + b"\0" * 160


def _et(path: Path) -> bytes:  # noqa: ARG001 - the first bytes of an old compound file
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def _other_task(path: Path) -> bytes:
    rows = _rows()
    return _written(path, [*rows, rows[0] | {"task_no": "32", "title": "（别的单位的任务）"}])


def _one_row(path: Path) -> bytes:
    """A correction of one row: the other rows were deleted, the stamp still lists them."""
    rows = _rows()
    whole = Extras(notice=NOTICE)
    labels = {"填报单位": UNIT, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}
    write_form(path, FORM, labels, [rows[0]] + [{} for _ in rows[1:]], extras=whole, stamped=rows)
    return path.read_bytes()


SET = (
    Bad("合并单元格.xlsx", _sheet("</mergeCells>", '<mergeCell ref="H6:H7"/></mergeCells>')),
    Bad("移动了列.xlsx", _moved),
    Bad("改名的et.xlsx", _et),
    Bad("~$县人社局.xlsx", _temporary),
    Bad("公式.xlsx", _sheet('(<c r="I6"[^>]*>)', r"\1<f>40+57</f>")),
    Bad("上季度的表.xlsx", lambda path: _written(path, _rows(), 填报季度="2024Q3")),
    Bad("别的单位的任务.xlsx", _other_task),
    Bad("只更正一行.xlsx", _one_row),
    Bad("公民身份号码.xlsx", _first(issues=f"请协调经办人（{ID_NUMBER}）补办。")),
    Bad("密级标志.xlsx", _first(evidence="《实施方案》秘密★5年")),
    Bad("比例写成小数.xlsx", _first(percent="0.8")),
)

if __name__ == "__main__":
    main()
