"""Where the parts of a workbook are: by its relations, whatever the parts are called.

The reader of the values looks for four parts by name. A workbook that has them elsewhere, or two parts of one
name, could show one thing in a spreadsheet and another one here: it is refused, never guessed.
"""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from defusedxml.ElementTree import fromstring

from yuechi_report.errors import Fault, InputRefused, Place

BYTES_OF_A_PART = 8 * 1024 * 1024
"""What relations, the list of sheets and the styles may hold; a form's are some ten kilobytes."""

_WORKBOOK = "xl/workbook.xml"
_BY_NAME = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml"}
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
MACRO = ("文件里有宏", "请另存为不带宏的.xlsx工作簿后再报送")
_ODD = ("文件的内部结构少见，无法核对", "请用表格软件打开后另存为.xlsx再报送")
_TOO_LARGE = ("文件展开后过大", "请删除多余的工作表、图片和格式后重新保存")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: the member that holds it, and whether it is hidden."""

    member: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """Sheets by their names in the workbook's order, and the member with the styles (empty: none)."""

    sheets: dict[str, SheetPart] = field(default_factory=dict)
    styles: str = ""


def parts_of(package: zipfile.ZipFile, name: str) -> WorkbookParts:
    """The parts by the workbook's own relations; InputRefused where they cannot be told for certain."""
    members = _Members(package, name)
    members.check_workbook()
    relations = list(members.relations("xl/_rels/workbook.xml.rels"))
    sheets = {identity: target for identity, kind, target in relations if kind not in _BY_NAME}
    if any(kind in _MACRO_SHEETS for _, kind, _ in relations):
        raise InputRefused.at(Place(name), *MACRO)
    for _, kind, target in relations:
        if target.casefold() != _BY_NAME.get(kind, target).casefold():
            raise InputRefused.at(Place(name), *_ODD)
    found: dict[str, SheetPart] = {}
    for element in members.parsed(_WORKBOOK).iter():
        if local(element.tag) == "sheet":
            target = sheets.get(_attribute(element, "id"), "")
            is_hidden = element.get("state", "visible") != "visible"
            found[element.get("name", "")] = SheetPart(members.actual(target), is_hidden)
    return WorkbookParts(found, members.actual_or_none(_BY_NAME["styles"]))


def odd(name: str) -> InputRefused:
    """The refusal of a workbook whose parts cannot be told for certain."""
    return InputRefused([Fault(Place(name), *_ODD)])


def read_part(package: zipfile.ZipFile, member: str, name: str, most: int = BYTES_OF_A_PART) -> bytes:
    """A part's bytes, however many the package says it has; InputRefused beyond the limit."""
    with package.open(member) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputRefused.at(Place(name), *_TOO_LARGE)
    return data


class _Members:
    """A package's members found as spreadsheets find them: in any case, with either slash."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self.package = package
        self.name = name
        folded = [(_folded(member), member) for member in package.namelist()]
        self.by_name = dict(folded)
        if max(Counter(key for key, _ in folded).values(), default=0) > 1:
            raise odd(name)

    def actual(self, target: str) -> str:
        """The member's own name; KeyError where there is none."""
        return self.by_name[_folded(target)]

    def actual_or_none(self, target: str) -> str:
        """The member's own name, empty where there is none."""
        return self.by_name.get(_folded(target), "")

    def parsed(self, target: str) -> Any:
        """A part's root element."""
        return fromstring(read_part(self.package, self.actual(target), self.name))

    def relations(self, target: str) -> Iterator[tuple[str, str, str]]:
        """Identity, the last word of the type, and the member aimed at."""
        base = posixpath.dirname(posixpath.dirname(target))
        for relation in self.parsed(target):
            aim = unquote(relation.get("Target", "")).replace("\\", "/")
            path = aim.lstrip("/") if aim.startswith("/") else posixpath.normpath(posixpath.join(base, aim))
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], path

    def check_workbook(self) -> None:
        """The package's workbook is the one that is read."""
        if not self.actual_or_none("_rels/.rels"):
            return
        books = [path for _, kind, path in self.relations("_rels/.rels") if kind == "officeDocument"]
        if any(book.casefold() != _WORKBOOK for book in books):
            raise odd(self.name)


def _folded(member: str) -> str:
    return member.replace("\\", "/").lstrip("/").casefold()


def local(tag: str) -> str:
    """An element's name without its namespace."""
    return tag.rsplit("}", 1)[-1]


def _attribute(element: Any, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == wanted), "")
