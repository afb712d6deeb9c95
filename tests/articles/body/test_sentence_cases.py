"""Hard sentences: each row is a text as it is printed, with ` | ` where one sentence ends and the next begins."""

import pytest

from articles.body.sentences import split_sentences

ENGLISH = [
    # titles, names, initials
    "The treaty was signed by Mr. Tusk. | It enters into force in May.",
    "Dr. Smith and Prof. Jones agreed. | Gen. Sir Roly Walker spoke.",
    "Mr. and Mrs. Smith came. | Messrs. Smith and Jones left.",
    "Min. Sikorski spoke. | Adm. Sir Tony Radakin did too.",
    "J. R. R. Tolkien wrote it. | D. Tusk read it.",
    "Lt. Col. John Smith and Sen. J. McCain spoke. | So did D. Tusk.",
    "St. Petersburg is far. | The Treaty of St. Germain is old.",
    "The Prime Minister's Office is in Downing St. | The door is black.",
    "Martin Luther King Jr. Day is a holiday. | He met John Smith Jr. | The end.",
    "The union's rep. | Starmer met him.",
    "Plan B. | The other plan failed. | World War I. | The start.",
    "They chose plan B. | Talks resume.",
    "He is taller than I. | Tusk agreed.",
    # places, organisations, degrees
    "He lives in the U.S. | The U.K. is different.",
    "The U.S. Congress met. | U.S. President Trump spoke.",
    "The U.N. Security Council met. | The U.N. has 193 members.",
    "The D.C. office closed. | It was in Washington, D.C. | The office closed.",
    "He joined M.I.T. | He left.",
    "BAE Systems Inc. will build it. | It was built by Acme Ltd. | The work is done.",
    "Lockheed Martin Corp. Chairman Jim Taiclet came. | He left.",
    "She has a Ph.D. | The end.",
    "He filed it with the SEC. | Starmer left.",
    # time, numbers, measures
    "The deal is worth 3.5 billion pounds. | It took 2.5 years.",
    "It was signed on 27.05.2026. | The ministers left.",
    "It was signed on 27. 5. 2026 in London. | The ministers left.",
    "It came in Sept. | The talks ended. | On Sept. 5 they met.",
    "The meeting began at 10 a.m. | Starmer arrived late.",
    "At 10 a.m. Starmer arrived.",
    "It begins in the hall at 4 p.m. Warsaw time.",
    "It took 5 min. | The end.",
    "It is No. 10 Downing Street. | The answer was no. | The talks ended.",
    "It cost €5 million. | €3 million came from Poland.",
    "In 2026. | 30 states signed.",
    # references to texts
    "Under Art. 4 para. 2 both must act. | Art. 5 applies too.",
    "He quoted Art. V. | Then he left. | He quoted Art. V of the treaty.",
    "See e.g. Article 5. | It matters, i.e. it binds.",
    "UK v. Poland was heard. | It was R. v. Smith.",
    "He met President Macron et al. | The talks ended.",
    "He studies modern art. | Tusk came too.",
    "1. The treaty binds. | 2. It is public.",
    "(a) The treaty binds. | (b) It is public.",
    "Arms, ships, etc. are included. | Missiles, etc. | The rest is not.",
    # ellipses, cries, slips
    "We wait... and hope. | They wait… | The end.",
    "Really?! | Yes. | Never!!! | Well.",
    "Is it signed? | Yes. | Is it in force? | No.",
    "The treaty was signed. | the next day they left.",
    "iPhone sales fell. | iPad sales rose.",
    # quotations
    '"We agree. We sign." | The room applauded.',
    'He said: "We agree. We sign. We act." | Then he left.',
    "“We agree,” she said. | “It is time. We must act.” | Then she left.",
    "He wrote: ‘We agree. It’s Poland’s choice. We sign.’ | Then he left.",
    'He called it "historic". | The treaty is long.',
    'He called it "a historic moment." | The treaty is long.',
    '"Will we sign?" Tusk asked. | Nobody knew.',
    '"We will win!" | The crowd cheered.',
    "“It is peace!” the minister said.",
    "She asked, “Why now?” and left. | He said “No.” and left.",
    '"Yes." | "No." | "Maybe."',
    "“The deal is done … We sign.” | He left.",
    '"We stand together. We will not be moved.',
    "“He said: ‘We sign. We act.’ We did.” | Then he left.",
    "The states' rights. | The states' duties.",
    "The ’90s ended. | The 1990s’ end came.",
    # brackets
    "The treaty (signed in May. It is long) binds both. | It is public.",
    "(The treaty was signed in May. | It is long.) | Both agreed.",
    "The pact (see Art. 5) binds. | It holds.",
    "He agreed (at last!) and signed. | He left.",
    "Prime Minister (sic!) Tusk left. | He came back.",
    "Is the pact new? | (No.) | Is it big? | (Yes!) | It is.",
    "Starmer (Lab.) and others voted. | It passed.",
    'He said "the deal [...] is done". | It is.',
    # addresses
    "Read https://www.gov.uk/a.b?c=d. | It is public.",
    "See gov.uk. | The text is there. | Write to a.b@gov.uk. | They answer.",
    "The firm uses Node.js and ASP.NET. | So do we.",
]

POLISH = [
    # dates
    "Traktat podpisano 27 maja 2026 r. w Londynie. | Wchodzi w życie w maju.",
    "Traktat podpisano w 2026 r. | Wcześniej trwały rozmowy.",
    "Podpisano go 27 maja 2026 r. | Polska zyskała sojusznika.",
    "W 2026 r. Tusk pojechał do Londynu. | Podpisał traktat.",
    "27 maja 2026 r. Keir Starmer i Donald Tusk podpisali traktat. | To historyczny dzień.",
    "Zgodnie z umową z 2017 r. Polska otrzyma rakiety. | To ważne.",
    "To pierwszy taki traktat od 1939 r. | Strony zobowiązały się do pomocy.",
    "Umowa z 1990 r. obowiązuje. | Nowa jest z 2026 r. | Obie są ważne.",
    "W dn. 27.05.2026 r. podpisano traktat. | To ważne.",
    "W XX w. Polska odzyskała niepodległość. | Było to w XX w. | Potem przyszła wojna.",
    "W br. Polska wyda więcej. | W ub.r. wydała mniej.",
    "Działo się to w 100 r. p.n.e. | Potem przyszli Rzymianie.",
    # references to texts
    "Zgodnie z art. 4 ust. 2 pkt 3 strony działają. | Art. 5 też obowiązuje.",
    "Mówi o tym art. 4 ust. 2. | Traktat jest jawny.",
    "Art. 1. Strony współpracują. | Art. 2. Strony się wspierają.",
    "Zob. art. 5 traktatu. | Por. też art. 6.",
    "1. Strony współpracują. | 2. Strony się wspierają.",
    "Ustawa z 5 maja 2026 r. o obronie (Dz. U. z 2026 r. poz. 123) obowiązuje. | Tak.",
    # titles and names
    "Prof. dr hab. Jan Kowalski i inż. A. Nowak przybyli. | Płk. Nowak też.",
    "Obecni byli gen. dyw. W. Kukuła, płk J. Nowak i por. A. Kot. | Potem wyszli.",
    "Min. Sikorski powiedział, że to sukces. | Potem wyjechał.",
    "Ks. bp J. Nowak i św. Jan Paweł II. | To wszystko.",
    "Spotkał się z prez. Zełenskim. | Rozmawiali o UE.",
    "Szkoła im. Jana Pawła II jest duża. | Stoi tu.",
    "Powiedział im. | Potem wyszedł.",
    "Pomnik stoi na ul. Dobrej. | Obok jest al. Jana Pawła II. | Tam się spotkali.",
    "Żołnierze 18. Dywizji Zmechanizowanej ćwiczą. | To dobrze.",
    # measures
    "Wydatki wzrosły o 4 proc. | Rząd chce więcej.",
    "60 proc. Polaków popiera traktat. | To dużo.",
    "Traktat poparło 60 proc. Polaków. | To dużo.",
    "Na obronę idzie ok. 4 proc. PKB. | To rekord.",
    "Kupiono czołgi, armaty itd. | Zapłacono 5 mld zł. | To dużo.",
    "Kupiono czołgi itp. oraz armaty. | To dużo.",
    "Wizyta trwała do godz. 18. | Premier wrócił do Warszawy.",
    "Rozmowy trwały 15 min. | Potem Tusk wyszedł.",
    "Zapłacono 3,5 mld zł, tj. 4 proc. budżetu. | To dużo.",
    # other abbreviations
    "Spotkali się m.in. Tusk i Starmer. | Było też m.in. wojsko.",
    "Tzw. trójkąt weimarski działa. | Np. Francja i Polska współpracują.",
    "Spółka Mesko S.A. produkuje rakiety. | Zarobiła 5 mln zł.",
    "Podpisano umowę ws. granicy. | To ważne.",
    "Pisze o tym na www.gov.pl. | Tekst jest jawny.",
    "Przyjechali premier W. Brytanii i in. | Potem wyjechali.",
    # quotations and speech after a dash
    "„Zgadzamy się. Podpisujemy” – powiedział Tusk. | Potem wyjechał.",
    "„To historyczny dzień.” | Tak powiedział Tusk.",
    "„Czy podpiszemy?” – zapytał Tusk. | Nikt nie wiedział.",
    "„Czy podpiszemy?” Tusk zapytał. | Nikt nie wiedział.",
    "Tusk powiedział: „Zgadzamy się. To ważne”. | Potem wyjechał.",
    "Książkę pt. „Nowy traktat. Nowa Europa” wydano. | Jest dobra.",
    "– To historyczny moment – powiedział Tusk. | – Podpisaliśmy traktat.",
    "– Czy to koniec? – zapytał Tusk. | – Nie.",
    "Rozmowy trwały... i trwały. | Potem… | Koniec.",
    "Traktat (podpisany w 2026 r. Tekst jest jawny) obowiązuje. | To ważne.",
]


@pytest.mark.parametrize(
    ("language", "printed"), [("en", row) for row in ENGLISH] + [("pl", row) for row in POLISH]
)
def test_a_hard_text_is_cut_where_its_sentences_end(language, printed):
    text = printed.replace(" | ", " ")
    spans = split_sentences(text, language).spans
    assert [text[start:end].rstrip() for start, end in spans] == printed.split(" | ")


@pytest.mark.parametrize("text", ["Rozmawiał p.Tusk z p.Dudą.", "The firm U.Build and the J.Smith trust."])
def test_an_abbreviation_without_a_space_after_it_ends_no_sentence(text):
    assert split_sentences(text, "pl").spans == split_sentences(text, "en").spans == ((0, len(text)),)


def test_a_sentence_begun_without_a_space_is_one_of_its_own():
    assert split_sentences("The talks ended.The ministers left.", "en").spans == ((0, 16), (16, 35))
