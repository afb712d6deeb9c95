"""Texts to look for likeness in: a wire story, what editors do to it, and other people's stories of the same day."""

import random

WIRE = [
    "PORT SAMPLE (AP) - The governments of Nordland and Suderland signed a treaty on Wednesday that lets the ships of"
    " each use the harbours of the other, ending ten years of talks over the narrow strait between them.",
    "Prime Minister Ada Sample and President Ben Muster put their names to the document shortly after noon in the old"
    " customs house of Port Sample, in front of some two hundred guests and a school choir.",
    '"We share a sea and from today we will share the watch over it," Sample said before the two shook hands. Muster'
    " called the agreement a quiet step that had taken far too long.",
    "Under the treaty both navies will train together twice a year, three ports on each side open to research vessels"
    " and a joint office with a staff of forty keeps a common log of incidents.",
    "Fishing had been the hardest point. Crews from the villages along the northern shore had feared that larger boats"
    " from Suderland would empty their grounds within a few seasons, and had blocked a first draft in 2019.",
    "Negotiators answered with yearly quotas that are to be set by scientists of both countries, and with a fund that"
    " pays for idle days when stocks run low.",
    "The strait carries nine in ten of the messages between the two capitals, through four cables laid on its bed in"
    " the nineties. Two of them were cut by anchors last winter, and it took repair ships eleven days to get there.",
    "A clause on rescue at sea obliges whoever is nearest to answer a call, whatever flag the ship in distress may fly,"
    " and says who pays for the search afterwards.",
    "The parliaments of both states still have to agree. Votes are expected before the summer recess, and neither"
    " government holds a majority of its own.",
    "Opposition leaders in Suderland said on Wednesday evening that they would study the annexes before they decided,"
    " while the small party of the coast announced that it would vote against.",
    "The treaty enters into force thirty days after the second vote. It runs for twenty years and can be ended by"
    " either side with a notice of twelve months.",
    "A ceremony with sailors of both fleets is planned for the autumn on the island in the middle of the strait, where"
    " the last shots between the two were fired in 1911.",
]

RELEASE = (
    "The Ministry of the Sea announces that the treaty on the common use of harbours was signed today. It opens three"
    " ports on either side to research vessels, sets up a joint office with forty staff, and provides for two naval"
    " exercises a year. The Minister thanks the negotiators of both countries, who worked for ten years to bring this"
    " agreement about, and the coastal communities whose concerns about fishing were heard and written into its fourth"
    " chapter. The full text with all annexes is to be found on the pages of the ministry. Questions of the press are"
    " answered by the office of the spokeswoman on working days between nine and five."
)

# The same day and the same treaty, in words of their own; the sentence that was said is in each of them.
OTHERS = [
    "After a decade of wrangling, fishermen in the north woke up yesterday to a deal few of them had believed in. The"
    " quotas will be fixed every January by biologists, and whoever stays in harbour when cod is scarce gets paid for"
    ' it. "We share a sea and from today we will share the watch over it," Ada Sample told the crowd at the customs'
    " house, and some of the older men took off their caps. Not everybody is persuaded. Jonas Beispiel, who has three"
    " boats in Kelp Bay, wants to see the money first. His daughter studies marine biology in the capital of the"
    " neighbour, and she thinks that he is wrong. They argue about it on the telephone most Sundays, he says, and"
    " neither gives in.",
    "What does the pact of the strait mean for the cables? Engineers have warned for years that a single anchor could"
    " silence half of the region. The document that both leaders signed gives repair ships the right to enter waters"
    " without asking first, which until now cost days. It also makes every captain liable who drops an anchor in the"
    " marked corridor. Insurers welcomed this in a short note. Muster spoke of a quiet step; experts at the institute"
    " for network safety prefer to call it overdue. Sensors along the bed would be the next thing to do, they write,"
    " and they name a price of ninety million for the first thousand kilometres.",
    "Comment. There is much to like about an agreement that nobody shouted about. Two neighbours who shot at each other"
    ' within living memory have found a form for living side by side. "We share a sea and from today we will share the'
    ' watch over it," said the prime minister, and for once a politician needed no more than one sentence. Yet a'
    " treaty is paper until parliaments make it law, and both of them are divided. Coalitions here have broken over"
    " less than herring. Readers who remember the winter of the blockade will forgive us if we wait with the champagne"
    " until the second vote has been counted and the ink under the ratification is dry.",
]


def edited(paragraphs: list[str], *, seed: int, headline: str, every: int = 15, cut: int = 2) -> str:
    """What an editor makes of a wire story: another headline, about one word in ``every`` changed or struck, and
    ``cut`` paragraphs fewer."""
    chance = random.Random(seed)  # noqa: S311 (the same copy each time is what is wanted)
    kept = sorted(chance.sample(range(len(paragraphs)), len(paragraphs) - cut))
    words = [headline]
    for number in kept:
        for word in paragraphs[number].split():
            if chance.randrange(every):
                words.append(word)
            elif chance.randrange(2):
                words.append(chance.choice(["reportedly", "meanwhile", "then", "officials", "largely"]))
        words[-1] += "\n"
    return " ".join(words).replace("\n ", "\n")
