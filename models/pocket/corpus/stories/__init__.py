"""Short stories, told by a grammar that can also read them back."""

from .family import STORIES

__all__ = ["STORIES"]
