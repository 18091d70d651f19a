"""What nbconvert calls: six exporters, one a medium, each an executed notebook → one file's content."""

from typing import Any, ClassVar

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from yuechi_report.errors import Place, ReportFailed
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.csv import render_csv
from yuechi_report.render.data import calendar, read_data, sheets, tidy
from yuechi_report.render.docx.body import render_docx
from yuechi_report.render.html import render_html
from yuechi_report.render.ics import render_ics
from yuechi_report.render.pdf import render_pdf
from yuechi_report.render.xlsx import render_xlsx


class YuechiExporter(Exporter):
    """What the six have in common; each says its `suffix` and how its content is made."""

    suffix: ClassVar[str]

    def _file_extension_default(self) -> str:
        return self.suffix

    def from_notebook_node(  # type: ignore[override] # nbconvert's own exporters return bytes here, too
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        """The file's content and nbconvert's resources; ReportFailed where it cannot be made."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return self._content(notebook, resources.get("metadata", {}).get("name", "")), resources

    def _content(self, notebook: NotebookNode, name: str) -> str | bytes:
        """The file's content; `name` is the notebook's, for errors."""
        raise NotImplementedError


class YuechiHtmlExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-html`: an executed notebook as one self-contained page."""

    export_from_notebook = "HTML（公文版式）"
    output_mimetype = "text/html"
    suffix = ".html"

    def _content(self, notebook: NotebookNode, name: str) -> str:
        return render_html(read_blocks(notebook, name=name))


class YuechiPdfExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-pdf`: an executed notebook as an official document on A4."""

    export_from_notebook = "PDF（公文版式）"
    output_mimetype = "application/pdf"
    suffix = ".pdf"

    def _content(self, notebook: NotebookNode, name: str) -> bytes:
        return render_pdf(read_blocks(notebook, name=name), name=name)


class YuechiDocxExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-docx`: an executed notebook as a Word file in 公文 styles."""

    export_from_notebook = "Word（公文版式）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffix = ".docx"

    def _content(self, notebook: NotebookNode, name: str) -> bytes:
        return render_docx(read_blocks(notebook, name=name), name=name)


class YuechiXlsxExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-xlsx`: the data of an executed county notebook as a workbook."""

    export_from_notebook = "Excel（清单、单位、变化、报送）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = ".xlsx"

    def _content(self, notebook: NotebookNode, name: str) -> bytes:
        head, found = read_data(notebook, name=name)
        if not sheets(found):
            raise _nothing(name, "Excel")
        return render_xlsx(head, sheets(found))


class YuechiCsvExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-csv`: the status contract of an executed county notebook."""

    export_from_notebook = "CSV（状态数据）"
    output_mimetype = "text/csv"
    suffix = ".csv"

    def _content(self, notebook: NotebookNode, name: str) -> bytes:
        _, found = read_data(notebook, name=name)
        data = tidy(found)
        if data is None:
            raise _nothing(name, "CSV")
        return render_csv(data)


class YuechiIcsExporter(YuechiExporter):
    """`jupyter nbconvert --to yuechi-ics`: the days ahead of a unit, for its calendar; ReportFailed where there are none."""

    export_from_notebook = "日历（时限）"
    output_mimetype = "text/calendar"
    suffix = ".ics"

    def _content(self, notebook: NotebookNode, name: str) -> bytes:
        head, found = read_data(notebook, name=name)
        data = calendar(found)
        if data is None:
            raise _nothing(name, "日历")
        return render_ics(head, data)


def _nothing(name: str, what: str) -> Exception:
    return ReportFailed.at(Place(name), f"笔记本没有可导出为{what}的数据", "该报告没有这种数据文件，请改用其他格式导出")
