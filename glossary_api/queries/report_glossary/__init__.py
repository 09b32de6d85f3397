"""The glossary that a report lacks: compiled from the edition, printed as Markdown and Word."""
