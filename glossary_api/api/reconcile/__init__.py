"""Entity Reconciliation API: version 0.2, which OpenRefine speaks."""
