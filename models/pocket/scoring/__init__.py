"""Measures what each exported file gets right, and how far it is from full precision."""
