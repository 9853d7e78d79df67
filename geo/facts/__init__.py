"""What the tables say, and whether they are sound.

:func:`table` reads, :func:`name_in` says how a thing is called in the language of the reader, :mod:`geo.facts.carry`
brings a release of the compiled facts into ``data/``, :mod:`geo.facts.check` tells whether what is there can be right.
"""

from geo.facts import carry, check
from geo.facts.names import name_in
from geo.facts.package import DATA_DIR, named_sources, package, sources, table

__all__ = ["DATA_DIR", "carry", "check", "name_in", "named_sources", "package", "sources", "table"]
