"""Entries of lists, of which one may ask for some members alone."""

from rest_framework import serializers


def listed(shape: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The base of a shape that has the members of ``shape``, none of which need be there."""

    class Listed(shape):
        def get_fields(self):
            fields = super().get_fields()
            for field in fields.values():
                field.required = False
            return fields

    return Listed
