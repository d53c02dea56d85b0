"""The text that Pocket is trained on, written by a seeded program: nothing is downloaded."""
