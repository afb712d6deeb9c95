"""Random numbered texts: canonical ones, and others with markers in every form."""

from hypothesis import strategies as st

WORDS = {
    "en": """the treaty was signed in London by both leaders and strengthens NATO’s eastern flank states’ don't Tusk
    Starmer Poland U.S. forces J. Smith Mr. Brown e.g. 27 May 2026 4.5 km² 10⁶ x² said called told noted that he she
    it while who according to ministry defence: countries; (in brackets) – [sic] [2025] [0] [the treaty] [1, 2,
    [300] [1–250] [3 \\[7] a/b 50% łódź ZAŻÓŁĆ ﬁne naïve 中文 \u200bzero word\u00adsoft &amp; <b> http://x.com/[1x]""".split(),
    "pl": """traktat podpisano w Londynie przez obu przywódców r. 2026 r. art. 4 ust. 2 m.in. prof. Nowak mln zł
    Tusk powiedział Starmer dodał że nazwał umowę według Tuska i oraz km² [sic] [1999] [0] [to jest [400] – żółw
    27. maja wschodnią flankę NATO i premier Donald ministerstwo podkreśliło [5 \\[3] 4,5""".split(),
}
for words in WORDS.values():
    words += ["NATO\u00a0and", "5\u202f000", "thin\u2009space", "ideographic\u3000space"]
QUOTES = {"en": ['"{}"', "“{}”", "‘{}’", "“a ‘b’ {}”"], "pl": ["„{}”", "«{}»", '"{}"']}
ABBREVIATED = {
    "en": ["etc.", "the U.S.", "Acme Inc.", "the E.U."],
    "pl": ["2026 r.", "itd.", "5 tys.", "m.in."],
}
STOPS = [".", "!", "?", "?!"]


@st.composite
def canonical_texts(draw, language):
    """A text in canonical form (`design.md`, The body), with numbers without a list of sources."""
    highest = 0

    def group():
        nonlocal highest
        used = draw(st.sets(st.integers(1, highest), max_size=3)) if highest else set()
        new = draw(st.integers(0 if used else 1, 3))
        numbers = sorted(used | set(range(highest + 1, highest + new + 1)))
        highest += new
        return " [" + ", ".join(map(str, numbers)) + "]"

    def words():
        return " ".join(draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=6)))

    def sentence():
        text = draw(st.sampled_from(["Then", "Potem", "Tusk"])) + " " + words()
        for _ in range(draw(st.integers(0, 2))):
            if draw(st.booleans()):
                quotation = draw(st.sampled_from(QUOTES[language])).format("so " + words())
                text += draw(st.sampled_from([" ", ", ", ": "])) + quotation
            text += (
                " and so" + (group() if draw(st.booleans()) else "") + draw(st.sampled_from(["", ",", ";"]))
            )
            text += " on " + words() + " further"
        how = draw(st.sampled_from(["plain", "cited", "abbreviated", "quoted", "open"]))
        if how == "abbreviated":
            return text + " " + draw(st.sampled_from(ABBREVIATED[language])) + group()
        if how == "quoted":
            inner = "so " + words() + " end" + draw(st.sampled_from(STOPS))
            return text + " " + draw(st.sampled_from(QUOTES[language])).format(inner) + group()
        if how == "open":
            return text + " so" + group()
        return text + " so" + (group() if how == "cited" else "") + draw(st.sampled_from(STOPS))

    paragraphs = [
        " ".join(sentence() for _ in range(draw(st.integers(1, 3)))) for _ in range(draw(st.integers(1, 3)))
    ]
    return "\n\n".join(paragraphs) + draw(st.sampled_from(["", "\n"]))


MARKERS = """[1] [2,1] [1,2] [3][1] [1-3] [1–3,5] [5-2] [0] [250] [1,250] [1999] [sic] [ 2 ] [007] [1;2] [1, [4 ]
    [[2]] \\[3] ¹ ² ¹² ³⁻⁵ ¹,³ ²⁵⁰ km² 10⁶ \\² [1]–[3] [1],[2] [] [,1] [1.2] ([4]) "[5]" [1]" [9]""".split()
PIECES = """Tusk said called "so good" “we will. And” „tak” ‘x’ . . ! ? … ... , ; : ( ) " “ ” „ ' ’ « » – — the and he
    treaty U.S. etc. r. 2026 A b Mr. Sources:
    1. 2) [1] \\ łódź ½ ٣""".split()
PIECES += ["\u00a0", "\u200b", "\u2009", "\ufeff", "\x85", "\u2028", "\u2029", "\t", "\x0b", "\u3000"]
GAPS = ["", "", " ", " ", " ", "  ", "\n", "\n\n", "\n \n", "\r\n", "\u00a0"]
LISTS = ["", "\n\nSources:\n1. A, B, https://a.example/\n3. C\n5. D", "\nŹródła:\n2. A\n\n[4] B\nmore\n"]


@st.composite
def messy_texts(draw):
    """A text full of markers in every form, in whatever place."""
    pieces = st.one_of(st.sampled_from(MARKERS), st.sampled_from(PIECES), st.sampled_from(PIECES))
    found = draw(st.lists(st.tuples(pieces, st.sampled_from(GAPS)), min_size=1, max_size=30))
    return "".join(piece + gap for piece, gap in found) + draw(st.sampled_from(LISTS))
