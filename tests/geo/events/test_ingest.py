"""Ingest: whole or not at all, never twice, resumed after a kill to the same bytes; a sentence for whatever comes."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.synthetic import write_gdelt2
from geo.__main__ import main
from geo.errors import ArgumentError, DataError
from geo.events import ingest as ingesting
from geo.events import store as stores
from geo.events.ingest import ingest
from geo.events.schema import ROW_GROUP, STORED
from tests.geo.events.lines import text

ROOT = Path(__file__).resolve().parents[3]
BATCH = 3_000_000
KILLS = 5
SEED = 1991

# what an ingest does to the disk, in the words of the test below
STEPS = ("read", "write", "close", "sync", "rename", "tidy")
# an ingest that kills itself, without any chance to tidy up, before or after the n-th step of a kind; without a kind it
# tells how many steps of each there are
KILLED = """
import json, os, shutil, signal, sys
from collections import Counter
from pathlib import Path
import pyarrow.parquet as pq
from geo.events import ingest as ingesting, records
folder, store, batch, kind, last, when = sys.argv[1:]
done = Counter()

def die(step, moment):
    if (step, moment) == (kind, when) and done[step] == int(last):
        os.kill(os.getpid(), signal.SIGKILL)

def hook(owner, name, step):
    original = getattr(owner, name)
    def hooked(*args, **more):
        done[step] += 1
        die(step, "before")
        value = original(*args, **more)
        die(step, "after")
        return value
    setattr(owner, name, hooked)

hook(records, "_records", "read")
hook(pq.ParquetWriter, "write_table", "write")
hook(pq.ParquetWriter, "close", "close")
hook(os, "fsync", "sync")
hook(os, "replace", "rename")
hook(shutil, "rmtree", "tidy")
ingesting.ingest(Path(folder), Path(store), batch_bytes=int(batch))
print(json.dumps(done))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60,000 invented records in files of 5,000, some zipped, and a few lines that are none."""
    made = tmp_path_factory.mktemp("downloaded")
    write_gdelt2(made / "a", 40_000, per_file=5_000)
    write_gdelt2(made / "zipped", 20_000, seed=2, per_file=5_000, zipped=True)
    with next((made / "a").iterdir()).open("ab") as file:
        file.write(b"torn\tline\n" + text("gdelt2", {"SQLDATE": "tomorrow"}))
    return made


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a run that nothing disturbed."""
    store = tmp_path_factory.mktemp("stores") / "whole"
    ingest(folder, store, batch_bytes=BATCH)
    return store


def content(store: Path) -> dict[str, str]:
    """Hash of every file of a store but the lock."""
    paths = [path for path in sorted(store.rglob("*")) if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def sound(store: Path) -> int:
    """Records of a store, each part being what the manifest says of it."""
    held = stores.manifest(store)
    for part in held.parts:
        file = pq.ParquetFile(store / part.path)
        assert file.metadata.num_rows == part.records
        assert file.schema_arrow.equals(STORED)
        assert hashlib.sha256((store / part.path).read_bytes()).hexdigest() == part.sha256
        assert all(file.metadata.row_group(n).num_rows <= ROW_GROUP for n in range(file.num_row_groups))
    assert sum(taken.records for taken in held.files) == held.records
    return held.records


def test_everything_is_taken_and_what_is_no_record_is_listed(whole: Path) -> None:
    assert sound(whole) == 60_000
    held = stores.manifest(whole)
    assert len(held.files) == 12
    assert len({taken.batch for taken in held.files}) >= KILLS, "several batches, or the test of kills shows little"
    assert held.sources == ("gdelt2",)
    rejects = list(stores.rejected(whole))
    assert [(reject["line"], reject["reason"]) for reject in rejects] == [
        ("5001", "2 columns where there should be 61"),
        ("5002", "no day of the years 1900 to 2100"),
    ]
    assert {reject["file"] for reject in rejects} == {held.files[0].name}
    assert held.rejected == 2
    assert not (whole / ingesting.WORKPLACE).exists()


def test_parts_lie_in_the_folder_of_their_year_sorted_by_subject(whole: Path) -> None:
    for path in stores.parts(whole):
        table = pq.ParquetFile(path).read()
        year = int(path.parent.name.removeprefix("year="))
        assert {date // 10_000 for date in table["event_date"].to_pylist()} == {year}
        subjects = [subject or "~" for subject in table["iso_3166_2"].to_pylist()]
        assert subjects == sorted(subjects)


def disturbed(folder: Path, store: Path, kind: str, last: int, when: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-c", KILLED, str(folder), str(store), str(BATCH), kind, str(last), when]
    return subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)


def test_killed_at_random_steps_and_resumed_it_leaves_the_same_store(folder: Path, whole: Path, tmp_path: Path) -> None:
    """Once while it reads, writes, closes, syncs, renames and tidies up, at a step drawn, before or after it.

    Two of the six may leave the same behind, as nothing is on the disk yet while the first lines are read.
    """
    counting = disturbed(folder, tmp_path / "counted", "", 0, "")
    steps = json.loads(counting.stdout)
    assert content(tmp_path / "counted") == content(whole)
    assert set(steps) == set(STEPS)
    batches = len({taken.batch for taken in stores.manifest(whole).files})
    draw = random.Random(SEED)
    # a kill falls within what one batch takes, so that batches are left for the next
    kills = [
        (kind, draw.randint(1, max(steps[kind] // batches, 1)), draw.choice(("before", "after"))) for kind in STEPS
    ]
    draw.shuffle(kills)
    store = tmp_path / "store"
    states: list[dict[str, str]] = []
    for kind, last, when in kills:
        killed = disturbed(folder, store, kind, last, when)
        assert killed.returncode == -signal.SIGKILL, (kind, last, when, killed.stderr)
        states.append(content(store))
        assert states[-1] != content(whole)
        if (store / stores.MANIFEST).exists():
            sound(store)
    assert len({json.dumps(state) for state in states}) >= KILLS
    ingest(folder, store, batch_bytes=BATCH)
    assert content(store) == content(whole)


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_about_the_renaming_of_a_manifest_it_leaves_the_same_store(
    folder: Path, whole: Path, tmp_path: Path, when: str
) -> None:
    """The first batch: its parts, its rejects, then the manifest."""
    first = stores.manifest(whole).files[0].batch
    parts = [part for part in stores.manifest(whole).parts if Path(part.path).stem == first]
    store = tmp_path / "store"
    killed = disturbed(folder, store, "rename", len(parts) + 1 + 1, when)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = set(content(store))
    assert (stores.MANIFEST in left) == (when == "after")
    assert (f"{stores.MANIFEST}.new" in left) == (when == "before")
    assert {part.path for part in parts} < left
    ingest(folder, store, batch_bytes=BATCH)
    assert content(store) == content(whole)


@pytest.mark.parametrize("broken", ["_put", "write_manifest"])
def test_stopped_between_parts_and_manifest_it_leaves_the_same_store(
    folder: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    store = tmp_path / "store"
    where = ingesting if broken == "_put" else stores
    original: Callable[..., None] = getattr(where, broken)
    calls = []

    def stop(*args: object) -> None:
        calls.append(args)
        if len(calls) < 3:
            return original(*args)
        if broken == "_put":
            original(*args)  # the parts are in their place, the manifest does not name them
        raise KeyboardInterrupt

    monkeypatch.setattr(where, broken, stop)
    with pytest.raises(KeyboardInterrupt):
        ingest(folder, store, batch_bytes=BATCH)
    monkeypatch.undo()
    named = {store / part.path for part in stores.manifest(store).parts}
    assert set((store / stores.RECORDS).rglob("*.parquet")) > named, "there are parts that nobody named"
    assert set(stores.parts(store)) == named
    ingest(folder, store, batch_bytes=BATCH)
    assert content(store) == content(whole)


def test_a_file_is_never_taken_twice(folder: Path, whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(whole, tmp_path / "store"))
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(next((folder / "a").iterdir()), again / "under another name.csv")
    summary = ingest(again, store)
    assert (summary.taken, summary.known) == ([], ["under another name.csv"])
    assert content(store) == content(whole)
    assert len(ingest(folder, store, batch_bytes=BATCH).known) == 12


def test_one_content_under_two_names_is_taken_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(text("gdelt2"))
    summary = ingest(tmp_path / "in", tmp_path / "store")
    assert ([taken.name for taken in summary.taken], summary.known) == (["a.csv"], ["b.csv"])


@pytest.mark.parametrize("packed_first", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
def test_an_archive_and_what_was_unpacked_from_it_are_taken_once(
    tmp_path: Path, packed_first: bool, at_once: bool
) -> None:
    """A zip of two texts, of which one lies beside it unpacked and one packed once more with gzip."""
    one, other = (text("gdelt2", {"GLOBALEVENTID": number}) for number in ("1", "2"))
    folder = tmp_path / "in"
    folder.mkdir()

    def packed(name: str) -> None:
        with zipfile.ZipFile(folder / name, "w") as archive:
            for inside, content in (("1.csv", one), ("2.csv", other), ("1 again.csv", one), ("note.txt", b"hello")):
                archive.writestr(inside, content)

    def unpacked(name: str) -> None:
        (folder / f"{name}.csv").write_bytes(one)
        (folder / f"{name}.gz").write_bytes(gzip.compress(other))

    steps = [(packed, "a.zip"), (unpacked, "b")] if packed_first else [(unpacked, "a"), (packed, "b.zip")]
    store = tmp_path / "store"
    for make, name in steps:
        make(name)
        if not at_once:
            ingest(folder, store)
    summary = ingest(folder, store)
    assert not summary.taken or at_once
    assert sound(store) == 2
    assert sorted(pq.read_table(stores.parts(store)[0])["event_id"].to_pylist()) == ["1", "2"]
    again = ingest(folder, store)
    assert (len(again.taken), sound(store), len(again.known)) == (0, 2, 3)


def test_a_repeated_text_in_a_damaged_archive_ends_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("1.csv", text("gdelt2"))
        archive.writestr("2.csv", text("gdelt2", {"GLOBALEVENTID": "2"}))
    data = bytearray((folder / "a.zip").read_bytes())
    data[data.rindex(b"PK\x03\x04") + 40] ^= 255  # within the second text or its name
    (folder / "a.zip").write_bytes(data)
    (folder / "b.csv").write_bytes(text("gdelt2"))
    summary = ingest(folder, tmp_path / "store")
    assert [one.name for one in summary.left_out] == ["a.zip"]
    assert [one.name for one in summary.taken] == ["b.csv"]
    assert sound(tmp_path / "store") == 1


def test_only_russia_passes_over_the_rest_and_a_store_keeps_to_its_choice(tmp_path: Path) -> None:
    abroad = {"Actor1CountryCode": "USA", "ActionGeo_CountryCode": "US", "ActionGeo_ADM1Code": "USDC"}
    rows = [
        {"GLOBALEVENTID": "1", **abroad},
        {"GLOBALEVENTID": "2", **abroad, "Actor2CountryCode": "RUS"},
        {"GLOBALEVENTID": "3", **abroad, "ActionGeo_CountryCode": "RS"},
    ]
    (tmp_path / "a.csv").write_bytes(text("gdelt2", *rows))
    store = tmp_path / "store"
    (taken,) = ingest(tmp_path / "a.csv", store, only_russia=True).taken
    assert (taken.records, taken.passed_over) == (2, 1)
    assert pq.read_table(stores.parts(store)[0])["event_id"].to_pylist() == ["2", "3"]
    with pytest.raises(ArgumentError, match="only records that concern Russia"):
        ingest(tmp_path / "a.csv", store)


def test_data_sets_may_lie_in_one_folder(tmp_path: Path) -> None:
    for source in ("gdelt1", "gdelt2", "polecat", "icews", "ucdp_ged", "acled"):
        (tmp_path / f"{source}.txt").write_bytes(text(source))  # type: ignore[arg-type]
    ingest(tmp_path, tmp_path / "store")
    held = stores.manifest(tmp_path / "store")
    assert (held.records, len(held.sources), held.years) == (6, 6, (2012, 2020, 2022, 2023))


def test_the_store_may_lie_in_the_folder_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text("gdelt2"))
    ingest(tmp_path, tmp_path / "store")
    summary = ingest(tmp_path, tmp_path / "store")
    assert (summary.known, summary.left_out) == (["a.csv"], [])


def test_a_folder_with_other_things_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text("gdelt2"))
    mine = tmp_path / "mine" / "records"
    mine.mkdir(parents=True)
    (mine / "precious.parquet").write_bytes(b"precious")
    with pytest.raises(ArgumentError, match="a folder with other things in it"):
        ingest(tmp_path / "a.csv", mine.parent)
    assert (mine / "precious.parquet").exists()


def test_two_cannot_write_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text("gdelt2"))
    store = tmp_path / "store"
    store.mkdir()
    with stores.locked(store), pytest.raises(DataError, match="another process writes into this store"):
        ingest(tmp_path / "a.csv", store)


def test_a_full_disk_ends_in_a_sentence_and_the_next_run_goes_on(folder: Path, whole: Path, tmp_path: Path) -> None:
    """The limit on the size of a file makes writing fail as a full disk does."""
    store = tmp_path / "store"
    command = f"ulimit -f 64; exec {sys.executable} -m geo events ingest {folder} --out {store}"
    full = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert full.stderr.splitlines()[-1].startswith(f"error: {store}: there is no space left for the store")
    ingest(folder, store, batch_bytes=BATCH)
    assert content(store) == content(whole)


def test_unknown_codes_are_listed_in_the_manifest_the_rarest_together(tmp_path: Path) -> None:
    rows = [{"GLOBALEVENTID": str(n), "ActionGeo_ADM1Code": f"RS9{n:03}"} for n in range(300)]
    (tmp_path / "a.csv").write_bytes(text("gdelt2", *rows, {"ActionGeo_ADM1Code": "RS9000"}))
    ingest(tmp_path / "a.csv", tmp_path / "store")
    listed = stores.manifest(tmp_path / "store").unknown["FIPS unit"]
    assert listed["RS9000"] == 2
    assert listed[ingesting.OTHERS] == 300 - ingesting.LISTED
    assert sum(listed.values()) == 301


def test_of_too_many_unknown_codes_the_rarest_are_counted_together_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """900 codes in three files, of which 500 may be held: none is lost, and the frequent one stays."""
    monkeypatch.setattr(ingesting, "HELD", 500)
    for n in range(3):
        rows = [{"GLOBALEVENTID": f"{n}{m}", "ActionGeo_ADM1Code": f"RS{n}{m:03}"} for m in range(300)]
        often = [{"GLOBALEVENTID": f"{n}0{m}", "ActionGeo_ADM1Code": "RSXX" + "X" * 900} for m in range(5)]
        (tmp_path / f"{n}.csv").write_bytes(text("gdelt2", *rows, *often))
    summary = ingest(tmp_path, tmp_path / "store")
    assert len(summary.unknown) <= 500
    assert summary.unknown.total() == 3 * 305
    assert summary.unknown["FIPS unit", "RSXX" + "X" * 76] == 15, "the code is cut to 80 characters"


# what nobody wants to receive


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.csv", "w") as inside:
        inside.write(text("gdelt2"))
        for _megabyte in range(100):
            inside.write(b"\t" * 2**20)


def cut_short(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", text("gdelt2") * 100)
    path.write_bytes(path.read_bytes()[:-40])


def damaged(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", text("gdelt2") * 100)
    path.write_bytes(path.read_bytes().replace(b"Murmansk", b"Kurmansk", 1))


def locked(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", text("gdelt2"))
    sealed = bytearray(path.read_bytes())
    sealed[6] |= 1
    sealed[sealed.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(sealed)


def spoilt(method: int) -> Callable[[Path], object]:
    """A zip packed by a method, with bytes in its middle turned round."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("a.csv", "".join(str(random.Random(SEED).random()) for _n in range(5_000)))
        content = bytearray(path.read_bytes())
        half = len(content) // 2
        content[half : half + 64] = bytes(255 - byte for byte in content[half : half + 64])
        path.write_bytes(content)

    return make


def looks_far_back(path: Path) -> None:
    """A zip of LZMA whose header asks for 4 GB of memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", text("gdelt2"))
    content = bytearray(path.read_bytes())
    at = 30 + len("a.csv") + 5
    content[at : at + 4] = b"\xff" * 4
    path.write_bytes(content)


def of_the_future(path: Path, *, at: int, there: int, value: int) -> None:
    """A zip whose two headers say a version or a method that nobody knows."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", text("gdelt2"))
    content = bytearray(path.read_bytes())
    content[at] = value
    content[content.index(b"PK\x01\x02") + there] = value
    path.write_bytes(content)


def packed_lines(path: Path) -> None:
    """70 MB in a few hundred bytes of bzip2."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive, archive.open("bomb.csv", "w") as inside:
        inside.write(text("gdelt2"))
        for _megabyte in range(70):
            inside.write(b"\n" * 2**20)


NONE = 2_000_000
"""Lines of a file that are no records."""
TORN = "1 columns where there should be 61"
HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "bomb.zip": (bomb, "the archive unpacks to more than 100 times its size"),
    "cut_short.zip": (cut_short, "the archive is damaged or cut short; download it again"),
    "damaged.zip": (damaged, "the archive is damaged or cut short; download it again"),
    "lzma.zip": (spoilt(zipfile.ZIP_LZMA), "the archive is damaged or cut short; download it again"),
    "bzip2.zip": (spoilt(zipfile.ZIP_BZIP2), "the archive is damaged or cut short; download it again"),
    "memory.zip": (looks_far_back, "the archive needs more than 64 MB of memory to be unpacked"),
    "bomb_bzip2.zip": (packed_lines, "the archive unpacks to more than 100 times its size"),
    "version.zip": (partial(of_the_future, at=4, there=6, value=99), "the archive cannot be unpacked ("),
    "method.zip": (partial(of_the_future, at=8, there=10, value=77), "the archive cannot be unpacked ("),
    "locked.zip": (locked, "the archive is locked with a password"),
    "columns.csv": (lambda path: path.write_bytes(b"\t" * 10_000_000), "its first line is longer than 65,536 bytes"),
    "noise.csv": (
        lambda path: path.write_bytes(random.Random(SEED).randbytes(2**20)),
        "is none of the formats of event data",
    ),
    "zeros.csv": (lambda path: path.write_bytes(bytes(2**20)), "this is not text: it holds bytes of value zero"),
    "wide.csv": (lambda path: path.write_bytes("ID\tДата\n".encode("utf-16")), "the text is UTF-16; save it as UTF-8"),
    "empty.csv": (lambda path: path.touch(), "the file is empty"),
    "columns_62.csv": (
        lambda path: path.write_bytes(text("gdelt2").replace(b"\n", b"\tmore\n")),
        "is none of the formats of event data: its first line has 62 columns",
    ),
}


def test_hostile_files_end_in_a_sentence_each_and_sound_ones_are_taken(tmp_path: Path) -> None:
    """All in one run, within 500 MB of memory.

    A sound file holds a line of 500 MB and one of 10 million columns; others two million lines that are none.
    """
    received = tmp_path / "received"
    received.mkdir()
    for name, (make, _sentence) in HOSTILE.items():
        make(received / name)
    good = text("gdelt2")
    with (received / "sound.csv").open("wb") as file:
        file.write(good)
        for _piece in range(50):
            file.write(b"x" * 10_000_000)
        file.write(b"\n" + good + b"\t" * 10_000_000 + b"\n" + good)
    (received / "blank.csv").write_bytes(good.replace(b"1001", b"1002") + b"\n" * NONE)
    (received / "torn.csv").write_bytes(good.replace(b"1001", b"1003") + b"x\n" * NONE)
    # not ru_maxrss, which begins with what the process that started this one had
    program = (
        "import sys; from geo.__main__ import main; code = main(sys.argv[1:]); "
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]); sys.exit(code)"
    )
    store = tmp_path / "store"
    run = [sys.executable, "-c", program, "events", "ingest", str(received), "--out", str(store)]
    ran = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    told = dict(line.split(": ", 1) for line in ran.stderr.splitlines() if not line.startswith("["))
    sentences = {name.split("/")[0]: sentence for name, sentence in told.items()}
    assert sentences.keys() == HOSTILE.keys()
    for name, (_make, sentence) in HOSTILE.items():
        assert sentences[name].startswith(sentence)
    files = stores.manifest(store).files
    assert {taken.name: taken.rejected for taken in files} == {"blank.csv": NONE, "sound.csv": 2, "torn.csv": NONE}
    assert sound(store) == 1 + 3 + 1
    listed = [(reject["file"], reject["line"], reject["reason"]) for reject in stores.rejected(store)]
    assert [reject for reject in listed if reject[0] == "sound.csv"] == [
        ("sound.csv", "2", "the line is longer than 1,048,576 bytes"),
        ("sound.csv", "4", "the line is longer than 1,048,576 bytes"),
    ]
    for name, reason in (("blank.csv", "the line has no id of an event"), ("torn.csv", TORN)):
        assert [reject for reject in listed if reject[0] == name] == [
            *((name, str(line), reason) for line in range(2, 1_002)),
            (name, "", "1,999,000 more lines, which are not listed"),
        ]
    assert int(ran.stdout.splitlines()[-1]) < 500 * 1024, "kilobytes of memory"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_sound_archives_of_every_method_are_taken(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.csv", text("gdelt2", *({"GLOBALEVENTID": str(n)} for n in range(100))))
        archive.writestr("b.csv", text("gdelt2", {"GLOBALEVENTID": "100"}))
    assert [taken.records for taken in ingest(tmp_path / "a.zip", tmp_path / "store").taken] == [101]


def test_a_text_of_an_archive_that_is_no_event_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("README.txt", "read me")
        archive.writestr("a.csv", text("gdelt2"))
    summary = ingest(tmp_path / "a.zip", tmp_path / "store")
    assert [taken.records for taken in summary.taken] == [1]
    assert [left.name for left in summary.left_out] == ["a.zip/README.txt"]


# the command


def test_the_command_tells_what_it_did_and_on_what_terms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(text("acled") + text("acled", {"country": "Utopia"}).splitlines(True)[1])
    assert main(["events", "ingest", str(tmp_path), "--out", str(tmp_path / "store")]) == 0
    told = capsys.readouterr()
    assert "Files taken: 1; records: 2; passed over: 0; lines rejected: 0." in told.out
    assert "country name: Utopia (1)" in told.out
    assert "nothing derived" in told.out
    assert told.err == ""


def test_the_command_speaks_russian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(text("gdelt2"))
    assert main(["events", "ingest", str(tmp_path), "--out", str(tmp_path / "store"), "--lang", "ru"]) == 0
    assert "Взято файлов: 1; записей: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["ingest", "nowhere", "--out", "s"], ["ingest", "."], [], ["aggregate", "--engine", "x"]]
)
def test_wrong_arguments_end_with_code_2(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(stores.CONFIGURED_BY, raising=False)
    try:
        code = main(["events", *words])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    assert code == 2


def test_an_empty_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "ingest", str(tmp_path), "--out", str(tmp_path / "store")]) == 2
    assert "there are no files here" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["{", "[]", json.dumps({"version": 99, "files": [], "parts": []})])
def test_a_damaged_manifest_is_told(tmp_path: Path, damage: str) -> None:
    (tmp_path / stores.MANIFEST).write_text(damage)
    with pytest.raises(DataError):
        stores.manifest(tmp_path)


def test_a_file_that_may_not_be_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("a.csv", "b.csv")):
        (tmp_path / name).write_bytes(text("gdelt2", {"GLOBALEVENTID": str(number)}))
    digest = ingesting.opening.sha256

    def refuse(path: Path) -> str:
        if path.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return digest(path)

    monkeypatch.setattr(ingesting.opening, "sha256", refuse)
    summary = ingest(tmp_path, tmp_path / "store")
    assert summary.left_out == [("a.csv", "the file cannot be read (Permission denied)")]
    assert [taken.name for taken in summary.taken] == ["b.csv"]
