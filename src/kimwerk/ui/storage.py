"""How static files are stored for deployment: compressed, and under names that change with their content."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = (
    r"""(?P<matched>import\s+(?P<names>[\w{}*,\s]+?)\s+from\s+"(?P<url>\.{1,2}/[\w/-]+\.js)";)""",
    'import %(names)s from "%(url)s";',
)
OUR_MODULES = tuple((f"{room}/*.js", (IMPORT,)) for room in ("ui", "activities", "arrivals", "reporting"))


class ModuleAwareStorage(CompressedManifestStaticFilesStorage):
    """Also gives the imports between our own JavaScript modules their lasting names.

    Django can do so for every script, but stumbles over words like "import" in the comments of others'.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, *OUR_MODULES)
