"""The commands: where each one is and its line in the help. Nothing is imported here, so that --help stays quick."""

SUMMARY = "重点任务清单：登记、报送、判定、生成季度报告。"

COMMANDS = {
    "register": ("yuechi_report.cli.register:register", "通知 → 任务清单（register.csv）和存疑项"),
    "start": ("yuechi_report.cli.workspace:start", "新建一个空的正式工作区"),
    "init": ("yuechi_report.cli.workspace:init", "登记一份通知：原文、任务清单、单位名录"),
    "open": ("yuechi_report.cli.workspace:open_", "开始一个填报期：参数、日期、填报表"),
    "forms": ("yuechi_report.cli.forms:forms", "生成各单位的填报表和办公室的决定登记表"),
    "submit": ("yuechi_report.cli.submit:submit", "校验收到的表格并登记入账"),
    "remind": ("yuechi_report.cli.remind:remind", "催报：谁没有报、差哪几项、可发送的文字"),
    "ledger": ("yuechi_report.cli.ledger:ledger", "收件登记：查看、校验、导出、撤回、清除、重建索引"),
    "status": ("yuechi_report.cli.status:status", "各项任务的状态（表格、CSV或JSON）"),
    "why": ("yuechi_report.cli.why:why", "一项任务为何是现在的状态"),
    "run": ("yuechi_report.cli.run:run", "生成一个季度的全部报告"),
    "verify": ("yuechi_report.cli.verify:verify", "校验已生成的报告"),
    "doctor": ("yuechi_report.cli.doctor:doctor", "自检：软件、字体、设置、收件登记、日历"),
}
"""Name → module:attribute and short help, in the order of the work."""


def overview() -> str:
    """What --help prints: the one text, with or without click."""
    lines = [f"  {name:8}  {words}" for name, (_, words) in COMMANDS.items()]
    return "\n".join(
        [
            "用法：yuechi-report [选项] 命令 [参数]…",
            "",
            f"  {SUMMARY}",
            "",
            "选项：",
            "  --version   显示版本号。",
            "  -h, --help  显示这段说明；“yuechi-report 命令 --help”说明一条命令。",
            "",
            "命令：",
            *lines,
        ]
    )
