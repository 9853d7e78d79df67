"""What readers are told: every page, command and target is described, and what the guide tells them to run does run."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from geo.__main__ import COMMANDS, main
from geo.i18n import Language, translator

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GUIDES: dict[Language, Path] = {"en": DOCS / "guide.md", "ru": DOCS / "guide.ru.md"}
PAGE = re.compile(r'st\.Page\(\s*"pages/(\w+)\.py",\s*title=_\("([^"]+)"\)')
PARAMETER = re.compile(r'\b(?:take|select|several|subject|_segments)\(\s*"(\w+)"')
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def headings(path: Path, level: str = "##") -> list[str]:
    prose = FENCED.sub("", text(path))
    return [line.removeprefix(f"{level} ") for line in prose.splitlines() if line.startswith(f"{level} ")]


def blocks(path: Path, language: str) -> list[str]:
    return [body for name, body in FENCED.findall(text(path)) if name == language]


def pages() -> list[tuple[str, str]]:
    """File and title of each page that app.py leads to."""
    return PAGE.findall(text(ROOT / "app.py"))


def test_navigation_is_understood() -> None:
    assert len(pages()) == text(ROOT / "app.py").count("st.Page(") > 0


@pytest.mark.parametrize("lang", GUIDES)
def test_guide_has_a_section_for_every_page(lang: Language) -> None:
    _ = translator(lang)
    missing = [_(title) for _file, title in pages() if _(title) not in headings(GUIDES[lang])]
    assert not missing, f"write a section for each in {GUIDES[lang].name}"


@pytest.mark.parametrize("lang", GUIDES)
def test_guide_gives_the_address_of_every_page(lang: Language) -> None:
    addresses = ["`/`" if file == "map" else f"`/{file}`" for file, _title in pages()]
    assert [address for address in addresses if address not in text(GUIDES[lang])] == []


@pytest.mark.parametrize("page", [file for file, _title in pages()])
@pytest.mark.parametrize("lang", GUIDES)
def test_guide_names_every_parameter(lang: Language, page: str) -> None:
    names = parameters(page)
    assert names, "the parameters of the page are found"
    assert [name for name in sorted({*names, "lang"}) if f"`{name}`" not in text(GUIDES[lang])] == []


def parameters(page: str) -> set[str]:
    """Parameters that a page, and what it imports from ui, takes from the address."""
    code = text(ROOT / "pages" / f"{page}.py")
    imports = [one for one in ast.walk(ast.parse(code)) if isinstance(one, ast.ImportFrom) and one.module == "ui"]
    shared = {name.name for one in imports for name in one.names}
    files = [ROOT / "ui" / f"{name}.py" for name in shared]
    codes = [code, *(text(file) for file in files if file.exists())]
    return {name for one in codes for name in PARAMETER.findall(one)}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", GUIDES)
def test_guide_describes_every_command(lang: Language, command: str) -> None:
    assert re.search(rf"python -m geo {command}\b", text(GUIDES[lang]))


def test_every_target_of_make_is_described() -> None:
    targets = re.findall(r"^([a-z]+):.*##", text(ROOT / "Makefile"), re.MULTILINE)
    told = "\n".join(text(path) for path in PROSE)
    assert [target for target in targets if f"`make {target}`" not in told] == []


@pytest.mark.parametrize("russian", sorted(DOCS.glob("*.ru.md")), ids=lambda path: path.stem)
def test_both_languages_tell_the_same_sections(russian: Path) -> None:
    english = DOCS / f"{russian.name.removesuffix('.ru.md')}.md"
    for level in ("#", "##", "###"):
        assert len(headings(russian, level)) == len(headings(english, level))


def test_both_guides_show_the_same_code() -> None:
    for language in ("sh", "python"):
        assert blocks(GUIDES["ru"], language) == blocks(GUIDES["en"], language)


EXAMPLES = [line for body in blocks(GUIDES["en"], "sh") for line in body.splitlines()]


@pytest.mark.parametrize("line", EXAMPLES)
def test_examples_of_the_command_line_run(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python, flag, package, *words = shlex.split(line)
    assert (python, flag, package) == ("python", "-m", "geo")
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("code", blocks(GUIDES["en"], "python"), ids=lambda code: code.splitlines()[0])
def test_examples_for_notebooks_run(code: str) -> None:
    environment = {**os.environ, "MPLBACKEND": "agg"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", FENCED.sub("", text(path)))
    assert [target for target in targets if not (path.parent / target).exists()] == []
