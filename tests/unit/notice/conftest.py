"""The real notice, its folder and its golden register; and small lists made of lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yuechi_report.notice.document import Document
from yuechi_report.notice.parse import Parsed, parse_notice
from yuechi_report.notice.sources.read import document_of, read_document

HEADER = ("序号", "事项", "重点任务", "完成时限", "牵头单位", "配合单位")
FRONT = ("2024年9月23日", "附件", "某县2024年重点任务清单")

ListOf = Callable[..., Document]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return Path(__file__).parents[3]


@pytest.fixture(scope="session")
def folder(root: Path) -> Path:
    """The folder of the shipped notice."""
    return root / "data/notices/yuechi-2024"


@pytest.fixture(scope="session")
def document(folder: Path) -> Document:
    """The shipped notice as a document."""
    return read_document(folder / "notice.txt")


@pytest.fixture(scope="session")
def parsed(document: Document) -> Parsed:
    """The shipped notice as parsed."""
    return parse_notice(document)


@pytest.fixture
def list_of() -> ListOf:
    """A notice of 2024 whose list, after the header that ends on line 9, consists of the given lines."""

    def build(*body: str, front: tuple[str, ...] = FRONT, header: tuple[str, ...] = HEADER) -> Document:
        return document_of("list.txt", "\n".join((*front, *header, *body)).encode())

    return build
