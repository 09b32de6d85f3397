"""The short way from the body of an annotate request to the body of its answer."""
