"""A made-up press, and a story written from it: what each source says, on paper or at its address.

All of it is in order; whoever plants a fault changes one thing of it.
"""

from tests.sources.capture.hostile import answer

STORY = """\
Two states signed a treaty on the waters of their river on Monday [1, 2, 3]. Minister Ada Sample called it \
"a lasting bargain" [1]. Ambassador Jan Sample said "the river has never asked for a passport" [2].

In a dry year each state takes half of the flow [4]. A joint office is to read the gauges [5]. Barges are to pay \
one toll instead of two [6]. Fishing is to rest from March to May [7].

The flood of last spring had driven nine thousand people from their homes [8, 9, 10, 11, 12, 13, 14, 15, 16]. The \
first gauge was read at dawn [17].
"""

# In the order of their numbers: eight papers after the observer, then the institute.
NAMES = [
    *("gazette", "transcript", "ledger", "library", "harbour", "courier", "observer"),
    *(PAPERS := [f"paper {number}" for number in range(1, 9)]),
    *("institute", "bulletin"),
]
FETCHED = ("harbour", "courier", "observer")

# What the claims rest on: these words stand in the copy of the source.
PASSAGES = {
    "gazette": "The two governments signed the treaty on their common river on Monday",
    "transcript": "We have signed today, on Monday, what our grandparents could not",
    "ledger": "The treaty on the river bears the date of Monday",
    "library": "In a year declared dry, each Party shall take one half of the flow measured at the border gauge",
    "harbour": "The gauges are to be read by one office of both states",
    "courier": "Skippers who paid at both ends will pay once",
    "observer": "Nobody may fish between the first of March and the last of May",
    "institute": "Our count of the displaced, house by house, ended at nine thousand and twelve",
    "bulletin": "At dawn the new office read its first gauge",
}

QUOTED = {"gazette": "a lasting bargain", "transcript": "The river has never asked for a passport"}

# Of the library's first copy, and of a later page of the observer.
LOOK_ALIKE = PASSAGES["library"].replace("border gauge", "delta gauge")
REWORDED = PASSAGES["observer"].replace("the first of March", "the middle of March")

# What the papers wrote themselves; the first words of each are what is cited of it.
REPORTS = dict(
    zip(
        PAPERS,
        [
            "About nine thousand fled the water, the mayor of the lower town told us in her kitchen. Her own cellar "
            "was dry again only in June, and the piano that her father had bought went to the tip with the coal.",
            "Nine thousand left when the dyke gave way, by the roll that the fire brigade kept in pencil. Its captain "
            "shows the book to visitors; the last name in it is that of a goat which somebody had carried out.",
            "The railway moved nine thousand people in two nights, its stationmaster reckons from the tickets he did "
            "not sell. Goods wagons stood at the platform with their doors open until nobody came any more.",
            "Bread for nine thousand was baked on the hill, where those from the valley slept in barns. The miller "
            "still has the slate on which the loaves were chalked up, and he has never sent a bill for one of them.",
            "Parish registers list nine thousand guests that spring, more than both towns have beds. A verger found "
            "shoes under the pews for weeks, paired them on the steps and gave what was left to the theatre.",
            "Some nine thousand were vaccinated on the football ground after the flood, doctors remember. They ran out "
            "of plaster first, then of needles; a vet from across the border drove over with what he had.",
            "Insurers paid for homes of nine thousand policy holders and their kin, according to three annual reports. "
            "Premiums have doubled since, and whoever builds below the old willow is not insured at all.",
            "Nine thousand spent the night on the motorway bridge and the ramps, drivers of the gritting lorries say. "
            "They lit fires of pallets, and towards morning a brass band that had saved its tubas began to play.",
        ],
        strict=True,
    )
)

PASSAGES |= {name: report.partition(", ")[0] for name, report in REPORTS.items()}

ON_PAPER = REPORTS | {
    "gazette": f"{PASSAGES['gazette']}. Minister Ada Sample spoke of “a lasting bargain” and went to lunch.",
    "transcript": f"{PASSAGES['transcript']}. The river has never asked for a passport, and neither shall we.",
    "ledger": f"{PASSAGES['ledger']}. Its seal is of red wax.",
    "library": f"Article 4. {PASSAGES['library']}. Article 5 deals with disputes.",
    "institute": f"{PASSAGES['institute']}. We asked in every street that the water had reached and at every school.",
    "bulletin": f"{PASSAGES['bulletin']}. It stood at two metres and ten.",
}

WIRE = (
    "The two governments put the number of those whom the flood of last spring drove from their homes at nine "
    "thousand, a joint statement said on Sunday. It was the highest water on the river since measurements began a "
    "century ago, and it came by night, after four days of rain on melting snow. Both armies laid pontoons where the "
    "bridges had gone, and cattle were taken to the racecourse. The statement named no cause, but engineers have "
    "blamed gauges which were read by neither side at the weekend. A fund for rebuilding is to be paid into by both "
    "states in equal parts for six years, with the first money due in autumn."
)


_MORE = {
    "harbour": "The pilots have asked for a telephone line of their own since the ice broke the old one. Their hut "
    "will be painted in the colours of both flags, in stripes that nobody has agreed on yet.",
    "courier": "A ton of gravel will travel from the quarry to the sea at the price of half a sack of flour. Captains "
    "drank to that on the quay, and the customs men, who will have less to do, drank with them.",
    "observer": "Anglers on our bank have hung their rods over the bar of the Pike and called it mourning. The "
    "landlord has not decided whether he minds, for it is the best spring he has had since the old bridge closed.",
}


def page(name: str, said: str = "") -> bytes:
    """What the source ``name`` answers: a page with its cited words, or with ``said`` in their place."""
    told = f"<h1>News of the {name}</h1><p>{said or PASSAGES[name]}.</p><p>{_MORE[name]}</p>"
    return _html(f"Sample {name}", f"<article>{told}</article>")


def gone() -> bytes:
    said = "<h1>Page not found</h1><p>It may have moved.</p>"
    return _html("Page not found", said, status="404 Not Found")


def wall() -> bytes:
    asked = "<h1>Log in</h1><p>You must log in to read this.</p><input name=user><input type=password>"
    return _html("Log in - Sample courier", f"<form>{asked}</form>")


def _html(title: str, body: str, status: str = "200 OK") -> bytes:
    text = f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>"
    return answer(text.encode(), "Content-Type: text/html; charset=utf-8", status=status)
