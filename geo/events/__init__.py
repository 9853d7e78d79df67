"""What is reported to have happened between subjects and foreign countries, from event records a reader brings.

The atlas ships no event records. A reader downloads them, ``python -m geo events ingest`` reads them into a store
(:mod:`geo.events.schema` tells its layout), and one expression (:mod:`geo.events.aggregate`) counts on any engine.
"""
