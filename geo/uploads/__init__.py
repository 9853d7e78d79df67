"""Tables and boundaries that a reader brings: read with suspicion, matched to the subjects, joined."""
