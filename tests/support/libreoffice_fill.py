"""Run by a Python that has LibreOffice's `uno`: opens workbooks, types into cells, saves as .xlsx.

    python libreoffice_fill.py PIPE JOBS.json

JOBS: a list of {"path", "to", "typed": {cell: text as typed}, "text": {cell: text}}.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connect(pipe: str):
    """The desktop of the office that listens on the pipe, waiting until it is up."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def value(name: str, content: object) -> PropertyValue:
    """One named property."""
    found = PropertyValue()
    found.Name, found.Value = name, content
    return found


def main() -> None:
    """Do every job, then end the office."""
    pipe, jobs = sys.argv[1:]
    desktop = connect(pipe)
    for job in json.loads(Path(jobs).read_text(encoding="utf-8")):
        document = desktop.loadComponentFromURL(Path(job["path"]).as_uri(), "_blank", 0, (value("Hidden", True),))
        sheet = document.Sheets.getByIndex(0)
        for cell, text in job["typed"].items():
            sheet.getCellRangeByName(cell).setFormula(text)
        for cell, text in job["text"].items():
            sheet.getCellRangeByName(cell).setString(text)
        document.storeToURL(Path(job["to"]).as_uri(), (value("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
    desktop.terminate()


main()
