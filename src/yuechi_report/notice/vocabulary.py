"""The words of column headers and labels → what they mean; an ordered table, the first line that fits counts.

Source: domain.md §5 and the lists of other offices. A word that is not covered is `OTHER`: kept, never guessed.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from yuechi_report.notice.numerals import compact


class ColumnRole(StrEnum):
    """What a column or a label holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"
    MEASURE = "measure"  # 措施, 举措: text only where nothing else is
    GOAL = "goal"
    DEADLINE = "deadline"
    START = "start"
    MILESTONE = "milestone"
    LEAD = "lead"
    RESPONSIBLE = "responsible"  # 责任单位: leads alone, cooperates next to 牵头
    COOPERATE = "cooperate"
    OVERSIGHT = "oversight"  # 督导, 考核, 验收: never leads
    LEADER = "leader"
    CONTACT = "contact"
    STATUS = "status"
    REMARK = "remark"
    OTHER = "other"


_UNIT = "(?:单位|部门|科室|处室|股室|部室|中心|机构|主体|组室|口|方|企业|公司|局|办)"

# The order matters: 责任领导 is a person before 责任 is a unit, 监管责任单位 never leads.
_WORDS: tuple[tuple[str, ColumnRole], ...] = (
    (
        "(?:项目|任务|问题|事项|条目?|条款|标准|指标|提案|建议|议案|清单|工作|顺)?(?:序号|编号|项次|序|号|No\\.?|NO\\.?|no\\.?|ID)",
        ColumnRole.NUMBER,
    ),
    (".*(?:联系人|联络员|联系电话|联系方式|电话|手机|姓名|职务|经办人).*", ColumnRole.CONTACT),
    (".*(?:完成|进展|落实|推进|实施|办理|整改|执行|工作)(?:工作)?(?:情况|成效|状态|结果)", ColumnRole.STATUS),
    (
        "(?:目前|当前|最新|实际|本月|本季度?|截至.*)(?:工作)?(?:进展|进度|完成|状态).*|工作进展|进展|完成成效|是否.*|实际完成.*|状态|销号情况|得分|完成进度|完成率|完成比例.*",
        ColumnRole.STATUS,
    ),
    (
        ".*(?:督导|督办|督查|考核|审核|监管|验收|监督|抽查|评估).*(?:单位|部门|科室|领导|人|主体|机构|方|处室)",
        ColumnRole.OVERSIGHT,
    ),
    (f".*(?:单位|部门|科室).*(?:责任人|负责人|领导).*|.*(?:责任人|负责人|领导).*{_UNIT}", ColumnRole.OTHER),
    (".*(?:领导|责任人|负责人|分管|包联|包保|挂钩|挂帅|县长|市长|区长|县级干部|院长|校长).*", ColumnRole.LEADER),
    (
        f"其[他它余](?:责任)?{_UNIT}?|责任[(]配合[)]{_UNIT}|.*(?:配合|协同|协办|协助|会办|参与|参加|协作|协管|支持)(?:责任)?(?:{_UNIT}|者)?|(?:相关|有关){_UNIT}",
        ColumnRole.COOPERATE,
    ),
    (
        f".*(?:牵头|主办|承办|主责|总牵头|主牵头|主要责任|第一责任|主管|首要责任)(?:责任|负责)?(?:[(].*[)])?{_UNIT}?",
        ColumnRole.LEAD,
    ),
    (
        f".*(?:责任|落实|实施|承担|负责|执行|承接|完成|办理|整改)(?:责任)?{_UNIT}(?:[(].*[)])?|责任|{_UNIT}|(?:责任|任务|职责|工作)?分工(?:情况)?|责任落实",
        ColumnRole.RESPONSIBLE,
    ),
    ("(?:发布|成文|印发|公布|登记|填报|更新|生成|审批|会议).*(?:时间|日期)|业主.*|项目业主|建设单位", ColumnRole.OTHER),
    (".*(?:开始|启动|开工|起始|立项)(?:时间|日期|时限)", ColumnRole.START),
    (
        "第?[一二三四1-4]季度.*|[1-9][0-9]?月份?|[上下]半年.*|Q[1-4]|[1-9][0-9]?[-—–~至][1-9][0-9]?月.*|.*(?:形象进度|进度安排|进度计划|进度目标|季度目标|节点计划|阶段性?目标|进度要求|序时进度|月度安排|分月安排|季度安排).*",
        ColumnRole.MILESTONE,
    ),
    (
        ".*(?:时限|期限|时间|日期|截止|节点|时间进度|完成时|办结期|时段|完成期)(?:要求|安排)?(?:[(].*[)])?",
        ColumnRole.DEADLINE,
    ),
    ("备注|说明|依据|来源|任务来源|文件依据|附注|注", ColumnRole.REMARK),
    (".*(?:类别|分类|领域|板块|类型|方面|专项|大项|门类|条线|一级.*|所属.*)", ColumnRole.CATEGORY),
    ("目标任务|任务目标及内容|.*工作目标任务", ColumnRole.TEXT),
    (".*(?:目标|指标|成效|成果|标准|预期|效果)(?:任务)?(?:要求|值|任务)?", ColumnRole.GOAL),
    (".*(?:措施|举措|做法|路径|抓手|办法|步骤|计划安排)", ColumnRole.MEASURE),
    (
        ".*(?:任务|内容|事项|要点|工作|项目|问题|要求|建议|提案|隐患|议题|清单|名称|描述|案由|议案|题目).*",
        ColumnRole.TEXT,
    ),
)
_COMPILED = tuple((re.compile(pattern), role) for pattern, role in _WORDS)
_WORD_MAX = 16
UNIT_ROLES = frozenset({ColumnRole.LEAD, ColumnRole.RESPONSIBLE, ColumnRole.COOPERATE})
_SENTENCE = re.compile("[。；;：:，,！？%“”0-9《》]")


def role_of(word: str) -> ColumnRole:
    """The role of a header or label; OTHER where the table does not know it or it is no short word."""
    bare = compact(word[:60]).rstrip(":").replace("*", "")
    if not bare or len(bare) > _WORD_MAX:
        return ColumnRole.OTHER
    for pattern, role in _COMPILED:
        if pattern.fullmatch(bare):
            return role
    return ColumnRole.OTHER


def is_header_word(word: str) -> bool:
    """Whether a cell may stand in a header row: a short word with a role, no sentence."""
    bare = compact(word[:60])
    if role_of(bare) is ColumnRole.MILESTONE:
        return True
    return _SENTENCE.search(bare) is None and role_of(bare) is not ColumnRole.OTHER


def is_header(words: Sequence[str]) -> bool:
    """Whether a row of cells is the header of a table: mostly words with roles, a task or a unit among them."""
    solid = list(dict.fromkeys(compact(word) for word in words if word.strip()))
    known = [role_of(word) for word in solid if is_header_word(word)]
    if len(known) < 2 or 3 * len(known) < 2 * len(solid) or len(set(known)) < 2:
        return False
    return bool(UNIT_ROLES & set(known) or ColumnRole.DEADLINE in known or ColumnRole.NUMBER in known)
