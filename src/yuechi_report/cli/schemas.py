"""docs/schemas: the JSON Schemas of what commands print and what notebooks and runs leave behind.

`python -m yuechi_report.cli.schemas docs/schemas` writes them anew; a test finds stale ones.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from yuechi_report.cli.contracts import CONTRACTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    """Without titles that only repeat the field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def schema_of(name: str) -> dict[str, Any]:
    """One schema of what is written: every key is there and no other one may be."""
    made = CONTRACTS[name].json_schema(mode="serialization", by_alias=True, schema_generator=_Plain)
    _close(made)
    return {"$schema": DIALECT, "$id": f"{name}.schema.json"} | made


def _close(node: object) -> None:
    if isinstance(node, list):
        for one in node:
            _close(one)
    if isinstance(node, dict):
        for one in node.values():
            _close(one)
        if node.get("type") == "object" and isinstance(node.get("properties"), dict):
            node |= {"required": list(node["properties"]), "additionalProperties": False}


def schema_files() -> dict[str, str]:
    """The files of the folder by name."""
    return {
        f"{name}.schema.json": json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n" for name in CONTRACTS
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into the folder."""
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
