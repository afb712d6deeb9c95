from tests.making import Desk
import pytest
pytestmark = pytest.mark.django_db
def test_smoke():
    d = Desk()
    from articles.readiness import blockers
    print([(b.code, b.where) for b in blockers(d.article)])
    e = d.publish()
    assert e.number == 1
    print(e.content.document)
