"""What the demo shop shows on its home page: rooms with products in them, and words."""
