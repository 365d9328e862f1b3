"""Measures the image check on a drawn suite: `python -m tests.audits.logo.bench`, or `make bench-logo`."""
