"""Subjects and their partners as a two-mode network."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import networkx as nx
import pandas as pd
from networkx.algorithms import bipartite

from geo.ties.groups import OTHER, country_groups, group_of, instruments
from geo.ties.table import Ties

Level = Literal["country", "place"]
LEVELS: tuple[Level, ...] = get_args(Level)

Measure = Literal["weighted_degree", "degree", "betweenness", "herfindahl"]
"""Columns of :func:`centrality` by which subjects are ranked."""
MEASURES: tuple[Measure, ...] = get_args(Measure)

LEAST_TIES = 5
"""Below this a concentration says more of the number of ties than of their direction."""


def graph(ties: Ties, level: Level = "country") -> nx.Graph[str]:
    """Bipartite graph of the Russian side and its partners.

    Parameters
    ----------
    level
        ``"country"``: subjects (``RU-MUR``) and countries (``NO``); ``"place"``: towns or units on
        both sides (``RU-MUR Murmansk`` and ``NO Tromsø``), ties without both places left out.

    Returns
    -------
    Graph with node attribute ``bipartite`` (0 Russian side, 1 partner) and edge attribute
    ``weight`` (ties).
    """
    frame = ties.frame.dropna(subset=["country"])
    if level == "place":
        frame = frame.dropna(subset=["subject_place", "partner_place"])
        russian = frame["iso_3166_2"] + " " + frame["subject_place"]
        partner = frame["country"] + " " + frame["partner_place"]
    else:
        russian, partner = frame["iso_3166_2"], frame["country"]
    weights = pd.DataFrame({"russian": russian, "partner": partner}).value_counts(sort=False)
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted(set(russian)), bipartite=0)
    network.add_nodes_from(sorted(set(partner)), bipartite=1)
    edges = weights.reset_index(name="ties").itertuples(index=False, name=None)
    network.add_weighted_edges_from(edges)
    return network


def herfindahl(weights: pd.Series) -> float:
    """Concentration of ties on partners: from 1/n (even over n partners) to 1 (a single one).

    Sum of squared shares (Hirschman, "The Paternity of an Index", American Economic Review 54(5),
    1964, 761-762).
    """
    total = float(weights.sum())
    return float(((weights / total) ** 2).sum()) if total else float("nan")


def centrality(network: nx.Graph[str]) -> pd.DataFrame:
    """Centrality and concentration of each node of the Russian side.

    Returns
    -------
    DataFrame indexed by node with ``degree`` (partners), ``weighted_degree`` (ties),
    ``betweenness`` (normalised, on the projection in which two subjects are as near as they share
    many partners: length 1 / shared partners; Freeman, "A Set of Measures of Centrality Based on
    Betweenness", Sociometry 40(1), 1977, 35-41) and ``herfindahl``.
    """
    sides = nx.get_node_attributes(network, "bipartite")
    russian = sorted(node for node in network if sides[node] == 0)
    if not russian:  # networkx refuses the projection of nothing
        columns = {"degree": "int64", "weighted_degree": "int64", "betweenness": "float64", "herfindahl": "float64"}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    projection = bipartite.weighted_projected_graph(network, russian)
    for _, _, edge in projection.edges(data=True):
        edge["length"] = 1 / edge["weight"]
    between = nx.betweenness_centrality(projection, weight="length")
    weights = {
        node: pd.Series([edge["weight"] for _, _, edge in network.edges(node, data=True)], dtype="float64")
        for node in russian
    }
    return pd.DataFrame(
        {
            "degree": [len(weights[node]) for node in russian],
            "weighted_degree": [int(weights[node].sum()) for node in russian],
            "betweenness": [between[node] for node in russian],
            "herfindahl": [herfindahl(weights[node]) for node in russian],
        },
        index=pd.Index(russian, name="iso_3166_2"),
    )


class Communities(NamedTuple):
    """Groups of subjects and partners that are tied among themselves more than chance would have it.

    Attributes
    ----------
    groups
        Nodes of each group, the largest group first.
    modularity
        Share of ties within the groups less the share expected if ties fell at random: 0 says that there are no groups.
    """

    groups: tuple[frozenset[str], ...]
    modularity: float


def communities(network: nx.Graph[str]) -> Communities:
    """Find groups by greedy agglomeration; the same network gives the same groups.

    Clauset, Newman and Moore, "Finding community structure in very large networks", Physical Review E 70, 2004,
    066111, on the network weighted by ties.
    """
    if not network.number_of_edges():
        return Communities((), 0.0)
    groups: list[set[str]] = [set(g) for g in nx.community.greedy_modularity_communities(network, weight="weight")]
    modularity = nx.community.modularity(network, groups, weight="weight")
    return Communities(tuple(frozenset(group) for group in groups), float(modularity))


def vector(ties: Ties) -> pd.DataFrame:
    """Direction of each subject's ties: shares of the groups of countries.

    Returns
    -------
    DataFrame indexed by ``iso_3166_2`` with one column a group of data/recipes/country_groups.yml
    and ``other`` (shares from 0 to 1, each row sums to 1), and ``ties``, the number they rest on.
    """
    frame = ties.frame.dropna(subset=["country"])
    group = frame["country"].map({country: group_of(country) for country in frame["country"].unique()})
    table = pd.crosstab(frame["iso_3166_2"], group).reindex(columns=[*country_groups(), OTHER], fill_value=0)
    total = table.sum(axis=1)
    shares = table.div(total, axis=0)
    shares.columns.name = None
    return shares.assign(ties=total)


def profile(ties: Ties) -> pd.DataFrame:
    """Synthetic profile of each subject: its ties by type of instrument.

    Returns
    -------
    DataFrame indexed by ``iso_3166_2`` with one integer column for each type of
    data/recipes/instruments.yml.
    """
    type_of = {kind: instrument.id for instrument in instruments().values() for kind in instrument.kinds}
    table = pd.crosstab(ties.frame["iso_3166_2"], ties.frame["kind"].map(type_of))
    table.columns.name = None
    return table.reindex(columns=list(instruments()), fill_value=0)
