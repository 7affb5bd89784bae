"""./run serve: server and worker for the settings in the environment (a real installation)."""

import os
import signal
import sys

from scripts.serving import free_port, serving

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.production")
    with serving(os.environ, free_port(int(os.environ.get("PORT", "8000")))) as address:
        print(f"kimwerk answers at {address}. Ctrl-C stops it.", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            sys.exit(0)
