"""Floor 4: request → plan → execute → render → publish."""

import sys

# nbformat imports jsonschema, which imports rfc3987_syntax where it is installed, which compiles a
# grammar for IRIs: about three seconds of CPU in every process, for a format that notebooks do not
# use. None makes that one import fail, which jsonschema expects; where it is loaded already, it stays.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # None is the import system's own sign
