"""A shop of 10,000 to 1,000,000 products, made of a seed, and engines that search it.

`catalogue` draws the products, `space` their vectors, `load` copies both into a database that is
kept between runs; `engines` are the ways of searching that benchmarks compare.
"""
