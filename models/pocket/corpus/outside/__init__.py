"""Requests that lie outside what Pocket was trained for, and the honest answer to them."""

from .family import OUTSIDE

__all__ = ["OUTSIDE"]
