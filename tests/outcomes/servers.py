"""A PostgreSQL of our own on the loopback, for the length of the tests."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def _program(name):
    """A program of PostgreSQL; Debian keeps most of them out of the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(installed[-1]) if installed else shutil.which(name)
    assert found, f"{name} is missing: apt-get install postgresql"
    return found


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def postgres():
    """Start a server and give its address; PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="abtest-postgres-"))
    become = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        become = ["runuser", "-u", "postgres", "--"]
    port = _free_port()
    data = folder / "data"

    def run(*command):
        subprocess.run([*become, *command], check=True, capture_output=True, cwd=folder)

    try:
        run(_program("initdb"), "-D", data, "-U", "kim", "--auth=trust", "--no-sync", "-E", "UTF8")
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        control = _program("pg_ctl")
        run(control, "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgres://kim:secret@127.0.0.1:{port}/postgres"
        finally:
            run(control, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
