"""What the search has seen of the shop's pictures and texts: what waits, what failed and why, and
how fast it goes. A page for merchants (`admin`), and the same numbers for Prometheus
(`search.metrics`)."""
