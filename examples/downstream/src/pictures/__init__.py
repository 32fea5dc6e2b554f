"""A small image service, and the billing that listens to what it announces."""
