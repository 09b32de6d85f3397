"""The decisions of people about the glossary, kept beside the reports and never lost by a harvest."""
