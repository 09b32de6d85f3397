"""The glossary that a report lacks: compiled from the edition, printed as JSON, Markdown, HTML and Word."""
