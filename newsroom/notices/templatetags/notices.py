"""The bell in the head of every page of the desk."""

from django import template

from newsroom.notices import reading

register = template.Library()


@register.simple_tag
def unread_notices(user) -> str:
    """How many unread notices ``user`` has, as it is shown: "" for none, "99+" for more. One query."""
    n = reading.unread(user)
    return "" if n == 0 else f"{reading.COUNTED - 1}+" if n >= reading.COUNTED else str(n)
