"""Who said the words of a quotation: read from the sentence around it, and only where it is plain.

`speakers` is the way in. It cuts a paragraph into `tokens`, finds who is named (`mentions`, kept in a
`directory` from one paragraph to the next), and asks for the subject of the verb of saying (`subjects`).
What differs between languages is data: `english`, `polish`, in the form of a `vocabulary`.
"""
