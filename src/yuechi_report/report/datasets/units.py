"""Units: how many tasks each leads, where they stand, and whether its report came."""

from collections import Counter

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.reporting import UnitReport, unit_reports
from yuechi_report.domain.unit import Unit
from yuechi_report.page.dataset import Dataset, Field
from yuechi_report.page.headlines import SIGN_WORDS, sign_kind
from yuechi_report.page.labels import label, unit_report_label
from yuechi_report.page.table import Value
from yuechi_report.report.context import Report
from yuechi_report.report.rows import by_filling_unit
from yuechi_report.report.unit.part import concerned

_FIELDS = (
    Field(key="unit", title="单位", width=24, meaning="规范名称，按通知中出现的先后"),
    Field(key="unit_kind", title="性质", width=10, meaning="县级部门、驻县机构等"),
    Field(key="document", title="督办文书", width=10, meaning="对该单位使用的文书"),
    Field(key="tasks", title="牵头任务", kind="integer", width=9, meaning="按第一牵头单位计一次"),
    Field(key="fixed", title="其中限时", kind="integer", width=9, meaning="有确定时限的任务"),
    *(
        Field(key=kind, title=word, kind="integer", width=12, meaning=f"牵头任务中{word}的项数")
        for kind, word in SIGN_WORDS.items()
    ),
    Field(key="helping", title="会签配合", kind="integer", width=9, meaning="共同牵头或配合的任务，不计入合计"),
    Field(key="owed", title="应报任务", kind="integer", width=9, meaning="本季应报送进展的任务"),
    Field(key="received_on", title="收到日期", kind="date", width=11, meaning="应报各项最后一项报到的日期"),
    Field(key="reporting", title="报送", width=9, meaning="空白为不需报送"),
)


def units_data(report: Report) -> Dataset:
    """Grain: one row a unit that the notice names or that leads by a decision; a shared task counts with its first lead unit."""
    led, owing = by_filling_unit(report), {one.unit: one for one in unit_reports(report.assessments)}
    return Dataset(
        name="units",
        title="单位",
        grain="一行为一个单位",
        fields=_FIELDS,
        rows=tuple(
            _row(report, report.unit_named(name), led.get(name, []), owing.get(name)) for name in concerned(report)
        ),
    )


def _row(report: Report, unit: Unit, led: list[Assessment], owing: UnitReport | None) -> tuple[Value, ...]:
    kinds = Counter(sign_kind(status.headline) for status in led)
    helping = sum(unit.name in task.units and unit.name != task.filling_unit for task in report.register)
    return (
        unit.name,
        label(unit.kind),
        label(unit.document),
        len(led),
        sum(status.is_fixed for status in led),
        *(kinds[kind] for kind in SIGN_WORDS),
        helping,
        owing.tasks if owing else 0,
        owing.handed_in_on.isoformat() if owing and owing.handed_in_on else None,
        unit_report_label(owing) if owing else "",
    )
