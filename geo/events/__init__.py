"""What is reported to have happened between subjects and foreign countries, from event records a reader brings."""
