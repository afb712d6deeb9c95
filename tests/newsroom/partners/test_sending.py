"""What is published reaches a partner's server by a real worker, without anybody's help."""

import json

import pytest
from standardwebhooks import Webhook

from articles import corrections
from newsroom.partners import webhooks
from newsroom.partners.models import Delivery
from tests.making import NOW, Desk
from tests.newsroom.partners.making import LOOPBACK, make_partner, receiving
from tests.outside import running_worker, wait_until


@pytest.mark.django_db(transaction=True)
def test_a_worker_tells_partners_of_what_becomes_visible():
    with receiving() as receiver, running_worker(NEWSROOM_WEBHOOK_NETWORKS="127.0.0.0/8"):
        endpoint, secret = webhooks.add_endpoint(
            make_partner(), url=receiver.url, by=None, now=NOW, guard=LOOPBACK
        )
        desk = Desk()
        desk.publish()
        corrections.retract(desk.reload(), by=desk.duty, now=NOW, note="It was made up.")
        wait_until(lambda: len(receiver.got) >= 2)
        told = {Webhook(secret).verify(body, headers)["type"] for headers, body in receiver.got}
        assert told == {"article.published", "article.retracted"}
        wait_until(lambda: endpoint.deliveries.filter(state=Delivery.State.DELIVERED).count() == 2)
        assert {json.loads(body)["data"]["id"] for _, body in receiver.got} == {desk.article.public_id}
