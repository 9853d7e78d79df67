"""Stories for a seminar: slides of text in two languages, each over a view of this atlas."""
