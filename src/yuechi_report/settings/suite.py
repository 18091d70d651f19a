"""params/suite.yml: whose reports these are, and what kind of data the workspace holds."""

from enum import StrEnum

from yuechi_report.settings.workspace import Workspace
from yuechi_report.settings.yaml_file import Setting, load_yaml


class DataNature(StrEnum):
    """示例 and 正式 never meet in one workspace (domain.md §9)."""

    EXAMPLE = "示例"
    OFFICIAL = "正式"


class FaceNames(Setting):
    """Faces of this machine for the PDF, by family name: 标题, 正文, 一级标题, 二级标题; empty means the shipped ones."""

    title: str = ""
    body: str = ""
    heading: str = ""
    second: str = ""


class Suite(Setting):
    """`masthead` and `classification` are printed above the title, `red_head` in their place once a report is signed.

    `addressee` (主送机关) is printed below the title of the 印发 edition; `signatory` (发文机关署名) signs, empty
    means the office.
    """

    office: str
    county_leaders: str = "县政府领导"
    data_nature: DataNature
    masthead: str
    classification: str = ""
    red_head: str = ""
    addressee: str = ""
    signatory: str = ""
    secrecy: str = ""
    faces: FaceNames = FaceNames()

    @property
    def is_example(self) -> bool:
        """Whether every page must say 示例数据."""
        return self.data_nature is DataNature.EXAMPLE


def load_suite(workspace: Workspace) -> Suite:
    """The workspace's suite settings; ParameterError with the faults."""
    return load_yaml(workspace.suite_file, Suite)
