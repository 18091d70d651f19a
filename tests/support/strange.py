"""Workbooks as strangers' tools write them: part by part with zipfile, without any code that reads them."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

UNIT = "县人力资源和社会保障局"
TITLES = (
    *("任务序号", "重点任务", "角色", "完成时限", "销号标准", "上季承诺", "本季度目标", "进展情况", "完成比例(%)"),
    *("存在问题", "下一步打算", "预计完成日期", "信心", "自报状态", "实际完成日期", "佐证材料", "需协调事项"),
)
PROGRESS = "12月5日起开通8条线路。"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(address: str, words: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'


def amount(inside: str = "<v>80</v>", attributes: str = "") -> str:
    """The cell of 完成比例, I6."""
    return f'<c r="I6"{attributes}>{inside}</c>'


@dataclass(frozen=True)
class Strange:
    """One workbook: its cell I6, the code of that cell's format, its texts, and where its parts are."""

    cell: str = field(default_factory=amount)
    code: str = ""
    unit: str = UNIT
    filed_on: str = "2024-12-17"
    progress: str = PROGRESS
    reported: str = "推进中"
    titles: tuple[str, ...] = TITLES
    row: str = ""
    state: str = "visible"
    name: str = "填报"
    member: str = "xl/worksheets/sheet1.xml"
    target: str = "worksheets/sheet1.xml"
    type: str = "worksheet"
    others: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict)
    relations: str = ""

    @property
    def sheet(self) -> str:
        """The form's XML: labels, header, one row for task 10."""
        last = {"H6": self.progress, "N6": self.reported, "A6": "10", "C6": "牵头"}
        cells = {key: text(key, words) for key, words in last.items()} | {"I6": self.cell}
        labels = (("B2", "填报单位"), ("C2", self.unit), ("E2", "填报季度"), ("F2", "2024Q4"), ("H2", "数据性质"))
        above = "".join(text(key, words) for key, words in (*labels, ("I2", "示例")))
        days = text("H3", "填报日期") + text("I3", self.filed_on)
        header = "".join(text(f"{chr(65 + number)}5", title) for number, title in enumerate(self.titles))
        body = "".join(cells[key] for key in sorted(cells))
        return (
            f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row r="2">{above}</row><row r="3">{days}</row>'
            f'<row r="5">{header}</row><row r="6"{self.row}>{body}</row></sheetData></worksheet>'
        )

    def members(self) -> dict[str, bytes]:
        """Every part by its name."""
        names = {
            self.name: ("rId1", self.state),
            **{name: (f"rId9{n}", "visible") for n, name in enumerate(self.others)},
        }
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="{identity}"/>'
            for number, (name, (identity, state)) in enumerate(names.items(), start=1)
        )
        book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{TYPES}"><sheets>{sheets}</sheets></workbook>'
        more = "".join(
            f'<Relationship Id="rId9{number}" Type="{TYPES}/worksheet" Target="worksheets/other{number}.xml"/>'
            for number, _ in enumerate(self.others)
        )
        formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode={quoteattr(self.code)}/></numFmts>'
        return {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'.encode(),
            "_rels/.rels": _relations(
                f'<Relationship Id="rId1" Type="{TYPES}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _relations(
                f'<Relationship Id="rId1" Type="{TYPES}/{self.type}" Target="{self.target}"/>'
                f'<Relationship Id="rId2" Type="{TYPES}/styles" Target="styles.xml"/>{more}{self.relations}'
            ),
            "xl/styles.xml": (
                f'{HEAD}<styleSheet xmlns="{MAIN}">{formats if self.code else ""}<cellXfs count="2"><xf numFmtId="0"/>'
                f'<xf numFmtId="{170 if self.code else 0}"/></cellXfs></styleSheet>'
            ).encode(),
            self.member: self.sheet.encode(),
            **{f"xl/worksheets/other{number}.xml": xml.encode() for number, xml in enumerate(self.others.values())},
            **self.parts,
        }

    def write(self, folder: Path, name: str = "form.xlsx") -> Path:
        """The file."""
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for member, data in self.members().items():
                package.writestr(member, data)
        return path


def _relations(inside: str) -> bytes:
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{address}">{inside}</Relationships>'.encode()


def shown(code: str, number: str) -> Strange:
    """A workbook whose I6 holds a number in that format."""
    return Strange(cell=amount(f"<v>{number}</v>", ' s="1"'), code=code)
