"""Start a Streamlit app on a port of its own, and stop it whatever happens."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
START_S = 60.0


class Server(NamedTuple):
    """A running app."""

    port: int
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(script: str, root: Path = ROOT) -> Iterator[Server]:
    """Serve a script of this repository, or of a copy of it, on 127.0.0.1 with the settings of the atlas.

    Raises
    ------
    RuntimeError
        If the server ends or does not answer within ``START_S`` seconds; its last words stand in the message.
    """
    port = free_port()
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "browser.serverAddress": "localhost",
        "server.fileWatcherType": "none",
    }
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        *(f"--{key}={value}" for key, value in options.items()),
    ]
    with tempfile.TemporaryFile() as log:  # a pipe that nobody reads would fill and halt the server
        process = subprocess.Popen(command, cwd=root, stdout=log, stderr=subprocess.STDOUT)
        try:
            await_health(process, f"http://127.0.0.1:{port}", log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_health(process: subprocess.Popen[bytes], address: str, log: IO[bytes]) -> None:
    """Wait until a server answers below its address; raise RuntimeError with its last words if it does not."""
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    ended = "ended at its start" if process.poll() is not None else f"did not answer within {START_S:.0f} s"
    log.seek(0)
    said = log.read().decode(errors="replace")
    raise RuntimeError(f"The server at {address} {ended}:\n{said[-3000:]}")
