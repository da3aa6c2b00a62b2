"""The fields of a paper: finders, validators and how sure each value is."""

from classifiers.fields.finding import find_fields

__all__ = ["find_fields"]
