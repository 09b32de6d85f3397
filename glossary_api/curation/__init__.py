"""What people decide about the glossary, kept beside the reports and never lost by a harvest."""
