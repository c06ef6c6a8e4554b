"""Column types that Django and pgvector lack."""

from django.db import models


class VarBitField(models.Field):
    """PostgreSQL's `bit varying`, as a string of 0 and 1: models differ in dimension."""

    def db_type(self, connection: object) -> str:
        return "bit varying"


class BigIntegerMultiRangeField(models.Field):
    """PostgreSQL's `int8multirange`: a set of whole numbers, as psycopg's `Multirange`."""

    def db_type(self, connection: object) -> str:
        return "int8multirange"
