from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    """Checks that keep a production installation from starting wrongly, and how lists of keys are asked for."""

    name = "kimwerk.config"
    label = "config"
    default = True

    def ready(self) -> None:
        from kimwerk.config import checks, lookups  # noqa: F401  # registers the checks

        lookups.register()


class ServedFiles(StaticFilesConfig):
    """The static files without what no page uses: fonts of the PDF engine, other versions of htmx."""

    ignore_patterns = (*StaticFilesConfig.ignore_patterns, "*.ttf", "htmx-4*", "htmax-4*", "ext", "htmx-2.js")
