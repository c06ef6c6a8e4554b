"""Column types that Django and pgvector lack."""

from django.db import models


class VarBitField(models.Field):
    """PostgreSQL's `bit varying`, as a string of 0 and 1: models differ in dimension."""

    def db_type(self, connection: object) -> str:
        return "bit varying"
