"""Articles and what they say: drafts, claims and quotes on the desk, numbered editions for the public.

May import ``sources`` and ``newsroom.{api, accounts, audit, core}``; only ``newsroom.partners`` and ``newsroom.urls``
import it. Inside: doors (``admin``, ``api``, ``public``), acts, ``access``, ``models``, ``rules`` and ``body``.
"""
