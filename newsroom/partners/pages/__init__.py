"""The pages on which a partner's own people keep its keys and webhooks, without any place at the desk.

Nothing but ``newsroom.urls`` imports them.
"""
