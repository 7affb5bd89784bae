"""Databases on the test server. What takes long to make is made once for all of the tests' processes, then copied."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from scripts.cluster import prepare
from tests.cluster_plugin import the_server

Environment = dict[str, str]


def database_of_this_process(name: str) -> str:
    """A database's name that no other of the tests' processes uses."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@contextmanager
def one_after_another(what: str) -> Iterator[psycopg.Connection]:
    """Meanwhile no other of the tests' processes is at the same; the connection may make databases."""
    with psycopg.connect(the_server().dsn("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(hashtext(%s))", [what])  # until the connection closes
        yield connection


def copy_of(pattern: str, database: str, make: Callable[[str], None]) -> Environment:
    """The addresses of a new copy of the pattern, which whoever comes first makes under the name it is told."""
    with one_after_another(pattern) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [pattern]).fetchone():
            unfinished = f"{pattern}_unfinished"
            make(unfinished)
            connection.execute(f'alter database "{unfinished}" rename to "{pattern}"'.encode())
        copying = f'create database "{database}" owner kimwerk_owner template "{pattern}" strategy file_copy'
        connection.execute(copying.encode())  # as files, which is cheap where nothing waits for a disk
    return prepare(the_server(), database)


@contextmanager
def working_in(database: str) -> Iterator[None]:
    """Meanwhile this process asks another of its databases."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
