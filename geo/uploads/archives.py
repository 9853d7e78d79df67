"""ZIP archives, looked at before anything in them is unpacked: shapefiles come in one, and workbooks are one."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import PurePosixPath, PureWindowsPath

from geo.uploads.limits import MEGABYTE, Limits
from geo.uploads.refusals import Refused

ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".kmz", ".zst")
MAGIC = b"PK\x03\x04"
_LINK = stat.S_IFLNK >> 12


def opened(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open an archive whose directory promises nothing that is refused.

    Raises
    ------
    Refused
        ``damaged_archive``, ``members``, ``bomb``, ``nested``, ``climbs``, ``linked`` or ``password``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, UnicodeError) as error:
        raise Refused("damaged_archive") from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise Refused("members", count=len(members), most=limits.members)
    for member in members:
        _refuse(member)
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    most = limits.unpacked_megabytes
    if unpacked > most * MEGABYTE or (unpacked > MEGABYTE and unpacked > limits.times_packed * packed):
        raise Refused("bomb", most=most)
    return archive


def _refuse(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename.replace("\\", "/")
    shown = name[:60]
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or PureWindowsPath(name).drive or "\0" in name:
        raise Refused("climbs", name=shown.replace("\0", " "))
    if member.external_attr >> 28 == _LINK:
        raise Refused("linked", name=shown)
    if name.lower().endswith(ARCHIVES):
        raise Refused("nested", name=shown)
    if member.flag_bits & 1:
        raise Refused("password")


def unpacked(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Unpack one file, and not a byte more than the directory promised.

    Raises
    ------
    Refused
        ``damaged_archive``, ``bomb`` or ``nested``.
    """
    most = limits.unpacked_megabytes
    try:
        with archive.open(name) as file:
            content = file.read(most * MEGABYTE + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise Refused("damaged_archive") from error
    except Exception as error:  # zlib.error, lzma.LZMAError: each method of packing has its own
        raise Refused("damaged_archive") from error
    if len(content) > most * MEGABYTE:
        raise Refused("bomb", most=most)
    if content.startswith(MAGIC):
        raise Refused("nested", name=name[:60])
    return content
