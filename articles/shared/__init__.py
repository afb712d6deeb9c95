"""The door for somebody without an account to whom the desk gave a link to a draft.

It comes to the desk side by ``articles.sharing`` alone, which hands it a finished page; a test holds it to that.
Nothing but ``newsroom.urls`` imports it.
"""
