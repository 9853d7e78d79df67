"""What kinds, statuses and forms of ties are called in the two languages."""

from __future__ import annotations

import pandas as pd

from geo.facts import name_in
from geo.i18n import Language, translator
from geo.ties.groups import OTHER, country_groups
from geo.ties.network import Measure


def kind_name(kind: str, lang: Language) -> str:
    """Name of a kind of tie, in the plural: ``Twin towns``."""
    _ = translator(lang)
    return {
        "twin_town": _("Twin towns"),
        "sister_region": _("Sister regions"),
        "agreement": _("Agreements"),
        "euroregion": _("Euroregions"),
        "cbc_programme": _("Border programmes of the EU"),
        "organisation": _("Seats in organisations"),
        "consulate": _("Consulates hosted"),
        "office_abroad": _("Offices abroad"),
        "joint_project": _("Joint projects"),
        "crossing": _("Border crossings"),
    }[kind]


def status_name(status: str, lang: Language, kind: str | None = None) -> str:
    """Name of a status of a tie, or of its state in a year; crossings and posts are open or closed."""
    _ = translator(lang)
    names = {
        "active": _("active"),
        "suspended": _("suspended"),
        "ended": _("ended"),
        "unknown": _("status unknown"),
        "not_yet": _("not yet"),
    }
    if kind in ("crossing", "consulate", "office_abroad"):
        names |= {"active": _("open"), "ended": _("closed")}
    return names[status]


def form_name(form: str, lang: Language) -> str:
    """Name of the form of a tie; words of the source that are in no list of ours stay as they are."""
    _ = translator(lang)
    return {
        "road": _("road"),
        "rail": _("rail"),
        "air": _("air"),
        "sea": _("by sea"),
        "river": _("river"),
        "mixed": _("mixed"),
        "pedestrian": _("on foot"),
        "consulate-general": _("consulate general"),
        "consulate": _("consulate"),
        "honorary consul": _("honorary consul"),
        "honorary consulate": _("honorary consulate"),
        "honorary vice-consul": _("honorary vice-consul"),
        "consular office": _("consular office"),
        "consular agency": _("consular agency"),
        "embassy branch": _("branch of the embassy"),
        "city": _("town"),
        "city_district": _("city district"),
        "district": _("district"),
        "core": _("core area"),
        "adjoining": _("adjoining area"),
        "major centre": _("major centre"),
        "member": _("member"),
        "member city": _("member city"),
        "host": _("host"),
        "representation": _("representation"),
        "region": _("region"),
        "municipalities": _("municipalities"),
        "association": _("association"),
        "group member": _("member of a group"),
        "head of delegation": _("head of the delegation"),
        "initiator, chair and host": _("initiator, chair and host"),
        "bridge": _("bridge"),
        "crossing": _("crossing"),
        "education": _("education"),
        "tourism": _("tourism"),
        "culture": _("culture"),
        "study": _("study"),
        "environment": _("environment"),
        "cableway": _("cableway"),
        "road/crossing": _("road and crossing"),
        "culture/tourism": _("culture and tourism"),
    }.get(form) or name_in(lang, "form", form)


def effect_name(effect: str, lang: Language) -> str:
    """What a legal act does to the external relations of subjects."""
    _ = translator(lang)
    return {"enabling": _("enabling"), "restricting": _("restricting"), "mixed": _("enabling and restricting")}[effect]


def in_language(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Ties with names of places and institutions and with notes in one language.

    What nobody has named in Russian stays as its source writes it.

    Parameters
    ----------
    frame
        Columns of data/tables/ties.csv.
    """
    if lang == "en":
        return frame
    said = {
        column: frame[column].map(lambda name, of=of: name_in(lang, of, name), na_action="ignore")
        for column, of in (("subject_place", "place"), ("partner_place", "place_abroad"), ("note", "tie_note"))
    }
    return frame.assign(**said, name=frame["name_ru"].fillna(frame["name"]))


def direction_name(group: str, lang: Language) -> str:
    """Title of a group of partner countries, of those in no group as well."""
    _ = translator(lang)
    return _("Other countries") if group == OTHER else country_groups()[group].title.of(lang)


def measure_name(measure: Measure, lang: Language) -> str:
    """Name of a measure by which subjects are ranked in the network."""
    _ = translator(lang)
    names: dict[Measure, str] = {
        "weighted_degree": _("Ties"),
        "degree": _("Partner countries"),
        "betweenness": _("Betweenness among subjects"),
        "herfindahl": _("Concentration on few countries (Herfindahl)"),
    }
    return names[measure]
