"""The atlas served as docs/deploy.md tells: the example files of deploy/, with values of this machine filled in."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.serving import ROOT, await_health, free_port

DEPLOY = ROOT / "deploy"
HOST = "127.0.0.1"
PORTS = ("8501", "8502")
"""Ports of the processes in the examples."""

# what a distribution's nginx.conf says round the files of deploy/
NGINX = """
daemon off;
{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; text/css css; application/javascript js; }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {sites}
}}
"""


@dataclass(frozen=True)
class Deployment:
    """Two processes behind nginx."""

    http_port: int
    https_port: int
    certificate: Path
    processes: Mapping[str, subprocess.Popen[bytes]]
    """By the port that nginx knows them by."""

    @property
    def address(self) -> str:
        return f"https://{HOST}:{self.https_port}/atlas"


@contextmanager
def deployed(atlas: Path, folder: Path) -> Iterator[Deployment]:
    """Serve a copy of the atlas by two processes behind nginx.

    Parameters
    ----------
    folder
        For the filled-in files, the certificate and what the programs write.
    """
    ports = {example: str(free_port()) for example in PORTS}
    http_port, https_port = free_port(), free_port()
    values = {
        "/etc/ssl/atlas.example.org": str(folder),
        "/srv/limitrophe/.venv/bin": str(Path(sys.executable).parent),
        "/srv/limitrophe": str(atlas),
        "listen 80;": f"listen {HOST}:{http_port};",
        "listen 443": f"listen {HOST}:{https_port}",
        "atlas.example.org": HOST,
        "change-me": "a secret of this test",
        **ports,
    }
    certificate = _certificate(folder)
    sites = [_filled(DEPLOY / "nginx" / name, values, folder) for name in ("processes.conf", "limitrophe.conf")]
    settings = _settings(_filled(DEPLOY / "limitrophe.env", values, folder))
    service = _service(_filled(DEPLOY / "systemd" / "limitrophe@.service", values, folder))
    with ExitStack() as stack:
        processes = {port: stack.enter_context(_process(service, port, settings, folder)) for port in ports.values()}
        for port, process in processes.items():
            with (folder / f"{port}.log").open("rb") as log:
                await_health(process, f"http://{HOST}:{port}/atlas", log)
        stack.enter_context(_nginx(sites, https_port, folder))
        yield Deployment(http_port, https_port, certificate, processes)


def nginx_program() -> str:
    """The nginx of this machine; sbin is not on the path of every user."""
    found = shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
    if found is None:
        raise RuntimeError("no nginx on this machine; run `make test`, which provides one")
    return found


def _filled(example: Path, values: Mapping[str, str], folder: Path) -> Path:
    """Copy of an example with the values of this machine; a host need not have IPv6."""
    text = "".join(line for line in example.read_text().splitlines(keepends=True) if "listen [::]" not in line)
    for said, meant in values.items():
        text = text.replace(said, meant)
    (folder / example.name).write_text(text)
    return folder / example.name


def _settings(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def _service(path: Path) -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read(path)
    return unit["Service"]


@contextmanager
def _process(
    service: configparser.SectionProxy, port: str, settings: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (
        (folder / f"{port}.log").open("wb") as log,
        _ended(
            subprocess.Popen(
                shlex.split(service["ExecStart"].replace("%i", port)),
                cwd=service["WorkingDirectory"],
                env={**os.environ, **settings},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        ) as process,
    ):
        yield process


@contextmanager
def _nginx(sites: list[Path], port: int, folder: Path) -> Iterator[None]:
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers could not read a folder of pytest
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(user=user, folder=folder, sites=" ".join(f"include {site};" for site in sites)))
    command = [nginx_program(), "-e", "stderr", "-p", str(folder), "-c", str(conf)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise RuntimeError(f"nginx refuses the files of deploy/:\n{tried.stderr}")
    with (folder / "nginx.log").open("wb") as log, _ended(subprocess.Popen(command, stdout=log, stderr=log)):
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection((HOST, port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _certificate(folder: Path) -> Path:
    """Certificate of this host for a day, signed by itself, where the example of the site looks for it."""
    certificate = folder / "fullchain.pem"
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN={HOST}"
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(certificate)]
    subprocess.run(
        ["openssl", *words.split(), "-addext", f"subjectAltName=IP:{HOST}", *files],
        check=True,
        capture_output=True,
    )
    return certificate
