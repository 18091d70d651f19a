"""Whether this machine can make reports, and makes them like another one: programs, fonts, versions."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from yuechi_report.errors import EnvironmentFault, Fault, Place
from yuechi_report.page.fonts import font_files
from yuechi_report.run.digest import LIBRARIES, code_digest, fonts_digest, versions

_MODULES = {"typst": "typst", "python-docx": "docx", "xlsxwriter": "xlsxwriter", "matplotlib": "matplotlib"}
"""What only the page itself would miss, after its notebook was executed."""

Makeup = dict[str, str]


def check_machine() -> None:
    """EnvironmentFault names what no report can be made without."""
    if gone := _missing():
        remedy = "请运行“python run.py setup”重新安装后再生成"
        raise EnvironmentFault([Fault(Place(), f"缺少{name}，报告无法生成", remedy) for name in gone])


def makeup(faces: Iterable[str] = ()) -> Makeup:
    """What decides how a page looks here, by its name in Chinese."""
    return {"程序": code_digest(), "字体": fonts_digest(frozenset(filter(None, faces))), **versions()}


def unfit(wanted: Makeup, faces: tuple[str, ...]) -> str:
    """Why this machine's pages would not be those of a machine made up like that; empty where they would."""
    if gone := _missing():
        return f"缺少{'、'.join(gone)}"
    here = makeup(faces)
    differing = [name for name, value in wanted.items() if here.get(name) != value]
    return f"{'、'.join(differing)}与发出任务的机器不一致" if differing else ""


def _missing() -> list[str]:
    gone = [name for name in LIBRARIES if not _is_installed(name)]
    return [*gone, *(f"字体文件{path.name}" for path in font_files() if not path.is_file())]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return name not in _MODULES or find_spec(_MODULES[name]) is not None
