"""The demo newsroom: its people, and stories on real treaties in every stage, made by the desk's own acts.

`texts` holds each story as numbered text, with a JSON file beside it that says what the desk does with it;
`documents` the sample documents they cite, `sources.json` what those are, `treaties.json` the treaties. `plans`
reads all that, `people` makes the accounts, `journey` takes one story through the desk, `loading` does it all.
Only the command `load_demo` and tests import it; it may import everything below the doors.
"""
