"""A document → bytes that depend on its content alone: every member bears the same day."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip file knows; no clock is read."""


def packed(document: Document) -> bytes:
    """The file's bytes."""
    saved = io.BytesIO()
    document.save(saved)
    target = io.BytesIO()
    with ZipFile(saved) as source, ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name in source.namelist():
            member = ZipInfo(name, _FIRST_DAY)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 0
            package.writestr(member, source.read(name))
    return target.getvalue()
