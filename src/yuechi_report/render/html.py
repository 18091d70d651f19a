"""Blocks → one self-contained HTML file: no script, no request to anywhere, readable untrusted."""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.content import Block, split_head
from yuechi_report.render.html_document import contents, page_rules, picture_address, placed_sections
from yuechi_report.render.web import environment, security_policy, style_sheet


class YuechiHtmlExporter(Exporter):
    """`jupyter nbconvert --to yuechi-html`: an executed notebook as one self-contained page."""

    export_from_notebook = "HTML（公文版式）"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override] # nbconvert's own exporters return text here, too
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page's text and nbconvert's resources; ReportFailed where a page cannot be made."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "")
        return render_html(read_blocks(notebook, name=name)), resources


def render_html(blocks: tuple[Block, ...]) -> str:
    """The page of blocks whose first is the Head."""
    head, body = split_head(blocks)
    parts = placed_sections(body)
    anchors = contents(parts)
    style = style_sheet(page_rules(head, parts))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            head=head,
            marks=head.marks,
            sections=parts,
            anchors=anchors,
            targets={f"#{anchor}" for anchor, _, _ in anchors},
            picture=picture_address,
            style=style,
            policy=security_policy(style),
        )
    )
