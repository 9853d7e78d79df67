"""The reader's own column as one more pillar of an index recipe."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas as pd

from geo.i18n import Text
from geo.measures import inputs
from geo.measures.inputs import Inputs
from geo.measures.recipe import IndexRecipe, Pillar, RecipeIndicator

OWN = "own_column"
"""Id of the indicator; that of its pillar is ``own``."""


def with_own(recipe: IndexRecipe, title: str, weight: float, direction: Literal["more", "less"]) -> IndexRecipe:
    """Recipe with a pillar that holds the reader's column alone; the other pillars share the rest of the weight.

    The column is normalised as the recipe does, or from least to greatest where it uses posts, which only the reader
    could set. Bounds are those of the year, as the column has no other.

    Parameters
    ----------
    weight
        Of the new pillar, between 0 and 1.
    direction
        Whether more of the column raises or lowers the index.
    """
    posts = recipe.normalisation == "goalposts"
    one = RecipeIndicator(
        id=OWN, direction=direction, weight=1.0, transform="none", normalisation="min_max" if posts else None
    )
    own = Pillar(id="own", title=Text(en=title, ru=title), weight=weight, indicators=(one,))
    rest = tuple(p.model_copy(update={"weight": p.weight * (1 - weight)}) for p in recipe.pillars)
    return recipe.model_copy(update={"pillars": (*rest, own), "bounds": "year"})


def inputs_with_own(recipe: IndexRecipe, values: pd.DataFrame) -> Inputs:
    """Table of a recipe with the reader's column in it.

    Parameters
    ----------
    recipe
        As it was before :func:`with_own`.
    values
        Of :func:`geo.uploads.joining.values`, for the subjects. What is suspended counts as zero, as everywhere.
    """
    table = inputs.from_catalogue(recipe.model_copy(update={"bounds": "year"}))
    ours = table.values  # noqa: PD011  (a field of Inputs)
    own = values.reindex(ours.index)
    column = own["value"].mask(own["status"] == "suspended", 0.0)
    zeros = None if table.zeros is None else table.zeros.assign(**{OWN: False})
    statuses = None if table.statuses is None else table.statuses.assign(**{OWN: own["status"]})
    return replace(table, values=ours.assign(**{OWN: column}), zeros=zeros, statuses=statuses, panel=None)
