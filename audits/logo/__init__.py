"""The image check: is this picture one of the approved logos, unaltered? Bytes in, a verdict with reasons out."""
