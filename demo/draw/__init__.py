"""Drawings of products: `studio.draw` makes a picture of a look."""
