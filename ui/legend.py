"""Legend and ranking beside a map: the same HTML as in a file that is taken away."""

from geo.exports.legends import legend, ranking

__all__ = ["legend", "ranking"]
