"""Partners who read with a key, by what their products open."""

from itertools import count

from articles.models import Section, Treaty
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product
from tests.making import NOW

_numbers = count(1)


def reading(*products: dict, scopes=("read", "embargoed")) -> dict[str, str]:
    """The headers of a partner with these products, in this order: ``treaties`` and ``sections`` by their slugs."""
    number = next(_numbers)
    partner = Partner.objects.create(name=f"Partner {number}", mail="desk@partner.example")
    for place, fields in enumerate(products):
        fields = dict(fields)
        cuts = {"treaties": fields.pop("treaties", ()), "sections": fields.pop("sections", ())}
        product = Product.objects.create(name=f"Product {number}.{place}", **fields)
        product.treaties.set(Treaty.objects.filter(slug__in=cuts["treaties"]))
        product.sections.set(Section.objects.filter(slug__in=cuts["sections"]))
        partner.products.add(product)
    _key, text = make_key(partner, name="Reading", by=None, now=NOW, scopes=scopes)
    return {"authorization": f"Bearer {text}"}
