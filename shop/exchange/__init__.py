"""In the admin: products from a file, and products into a file."""
