"""Terms as the entities of the Entity Reconciliation API."""
