"""Starts the throw-away PostgreSQL before the settings are read, once for all test processes."""

from __future__ import annotations

import os

from scripts import cluster

if "KIMWERK_TEST_SERVER" not in os.environ:
    server = cluster.throwaway().start()
    os.environ["KIMWERK_TEST_SERVER"] = str(server.data)
    os.environ.update(cluster.prepare(server, "kimwerk_test"))
    os.environ["KIMWERK_CONNECT_AS"] = "owner"
    import atexit

    atexit.register(server.stop)


def the_server() -> cluster.Cluster:
    """The running throw-away server, seen from any test process."""
    from pathlib import Path

    return cluster.Cluster(Path(os.environ["KIMWERK_TEST_SERVER"]), is_throwaway=True)
