"""Partners: who reads our content by machine, with which keys, what they are entitled to, and what we tell them.

Above ``articles``: only ``newsroom.urls`` and the settings name it. It asks the public side as every reader does, with
the entitlement of whoever asks.
"""
