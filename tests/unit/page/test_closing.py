"""Red head and closing: only the signed is official; annexes, names and the day in their lines."""

from datetime import date

import pytest
from pydantic import ValidationError

from yuechi_report.page.closing import Closing
from yuechi_report.page.head import Faces, Head

SIGNED = Head(
    title=("通报",), masthead="", byline="", office="督查室", notice_id="n", quarter="2024Q4", edition="印发",
    document_date=date(2025, 1, 6), draft="", red_head="岳池县人民政府办公室文件", number="岳府办督〔2025〕1号",
)  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"draft": "送审稿第1稿（未签发）"}, {"marks": ("示例数据",)}], ids=["draft", "marked"]
)
def test_a_draft_or_a_marked_page_has_no_red_head(change: dict[str, object]) -> None:
    """Fictional data, a retrospective page and an unsigned draft never look like an official document."""
    with pytest.raises(ValidationError, match="不得印发文机关标志"):
        Head.model_validate(SIGNED.model_dump() | change)


def test_jupyter_shows_red_head_number_and_addressee() -> None:
    """The plain HTML says all that the pages say."""
    shown = SIGNED.model_copy(update={"addressee": "各部门<b>", "secrecy": "秘密★1年"}).to_html()
    assert shown == (
        "<p>秘密★1年</p><p>岳池县人民政府办公室文件</p><p>岳府办督〔2025〕1号</p><h1>通报</h1><p></p><p>各部门&lt;b&gt;：</p>"
    )


@pytest.mark.parametrize(
    ("titles", "lines"),
    [((), ()), (("清单",), ("附件：清单",)), (("清单", "方法"), ("附件：1.清单", "　　　2.方法"))],
    ids=["none", "one", "two"],
)
def test_annexes_are_numbered_from_two_on(titles: tuple[str, ...], lines: tuple[str, ...]) -> None:
    """附件： is printed once, before the first."""
    assert Closing(attachments=titles).attachment_lines == lines


@pytest.mark.parametrize(
    ("names", "day", "lines"),
    [
        ((), date(2025, 1, 10), ()),
        (("县政府办公室",), date(2025, 1, 10), ("县政府办公室", "2025年1月10日")),
        (("甲局", "乙局"), None, ("甲局", "乙局", "　　年　　月　　日")),
    ],
    ids=["nobody", "signed", "unsigned"],
)
def test_the_day_stands_below_the_names(names: tuple[str, ...], day: date | None, lines: tuple[str, ...]) -> None:
    """Without a day there is room to write it, without a name there is no signature."""
    assert Closing(signatories=names, signed_on=day).signature_lines == lines


def test_faces_are_named_once_each() -> None:
    """Empty names mean the shipped fonts."""
    assert Faces(title="小标宋", heading="黑体", second="黑体").named == ("小标宋", "黑体")
