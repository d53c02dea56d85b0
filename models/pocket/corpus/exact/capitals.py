"""Countries and their capitals, asked in both directions and as yes/no questions."""

from __future__ import annotations

from corpus.exact.closed import Relation, any_other_value
from corpus.exact.judges import says_words
from corpus.exact.problem import ExactFamily

# Left out: countries with a disputed capital or with two cities called so, those that share one name with their
# capital, and many small ones; asked for them, Pocket says that it was not trained for that (`outside.pools.LEFT_OUT`).
# Listed is the city that is called the capital: by law in most countries, by custom in Switzerland, whose law names
# none. A government that sits elsewhere (The Hague, Putrajaya) is no value of this table, so that no wrong claim
# names it.
_PAIRS = """
    Afghanistan: Kabul; Albania: Tirana; Algeria: Algiers; Angola: Luanda; Argentina: Buenos Aires; Armenia:
    Yerevan; Australia: Canberra; Austria: Vienna; Bangladesh: Dhaka; Belarus: Minsk; Belgium: Brussels; Brazil:
    Brasilia; Bulgaria: Sofia; Cambodia: Phnom Penh; Canada: Ottawa; Chile: Santiago; China: Beijing; Colombia:
    Bogota; Croatia: Zagreb; Cuba: Havana; Cyprus: Nicosia; the Czech Republic: Prague; Denmark: Copenhagen;
    Ecuador: Quito; Egypt: Cairo; Estonia: Tallinn; Ethiopia: Addis Ababa; Fiji: Suva; Finland: Helsinki; France:
    Paris; Georgia: Tbilisi; Germany: Berlin; Ghana: Accra; Greece: Athens; Hungary: Budapest; Iceland: Reykjavik;
    India: New Delhi; Indonesia: Jakarta; Iran: Tehran; Iraq: Baghdad; Ireland: Dublin; Italy: Rome; Jamaica:
    Kingston; Japan: Tokyo; Jordan: Amman; Kazakhstan: Astana; Kenya: Nairobi; Laos: Vientiane; Latvia: Riga;
    Lebanon: Beirut; Libya: Tripoli; Lithuania: Vilnius; Madagascar: Antananarivo; Malaysia: Kuala Lumpur; Mali:
    Bamako; Malta: Valletta; Mexico: Mexico City; Mongolia: Ulaanbaatar; Morocco: Rabat; Namibia: Windhoek; Nepal:
    Kathmandu; the Netherlands: Amsterdam; New Zealand: Wellington; Nigeria: Abuja; Norway: Oslo; Oman: Muscat;
    Pakistan: Islamabad; Paraguay: Asuncion; Peru: Lima; the Philippines: Manila; Poland: Warsaw; Portugal: Lisbon;
    Qatar: Doha; Romania: Bucharest; Russia: Moscow; Rwanda: Kigali; Saudi Arabia: Riyadh; Senegal: Dakar; Serbia:
    Belgrade; Slovakia: Bratislava; Slovenia: Ljubljana; Somalia: Mogadishu; South Korea: Seoul; Spain: Madrid;
    Sudan: Khartoum; Sweden: Stockholm; Switzerland: Bern; Syria: Damascus; Thailand: Bangkok; Tunisia: Tunis;
    Turkey: Ankara; Uganda: Kampala; Ukraine: Kyiv; the United Kingdom: London; the United States: Washington;
    Uruguay: Montevideo; Venezuela: Caracas; Vietnam: Hanoi; Zambia: Lusaka; Zimbabwe: Harare
"""
CAPITALS: dict[str, str] = {
    country: city for country, city in (" ".join(pair.split()).split(": ") for pair in _PAIRS.split(";"))
}
COUNTRIES: dict[str, str] = {city: country for country, city in CAPITALS.items()}

CAPITAL = Relation(
    name="capital",
    facts=CAPITALS,
    ask=(
        "What is the capital of {operand}?",
        "What's the capital of {operand}?",
        "Which city is the capital of {operand}?",
        "Name the capital of {operand}.",
        "Tell me the capital of {operand}.",
        "Do you know the capital of {operand}?",
        "What is the capital city of {operand}?",
        "Capital of {operand}?",
        "The capital of {operand} is which city?",
        "What city is the capital of {operand}?",
        "Give me the capital of {operand}.",
        "What is the name of the capital of {operand}?",
    ),
    ask_next=("And of {operand}?", "And the capital of {operand}?", "What about {operand}?", "And {operand}?"),
    statement="The capital of {operand} is {value}",
    judge=says_words,
    check=(
        "Is {claim} the capital of {operand}?",
        "Is the capital of {operand} {claim}?",
        "Is {claim} the capital city of {operand}?",
        "Is it true that {claim} is the capital of {operand}?",
        "The capital of {operand} is {claim}, right?",
        "Is {claim} really the capital of {operand}?",
        "Does {operand} have {claim} as its capital?",
        "Would you say {claim} is the capital of {operand}?",
    ),
    check_next=("And is {claim} the capital of {operand}?", "And {claim} of {operand}?"),
    wrong_claims=any_other_value(CAPITALS),
)
COUNTRY = Relation(
    name="country",
    facts=COUNTRIES,
    ask=(
        "Which country has the capital {operand}?",
        "{operand} is the capital of which country?",
        "What country is {operand} the capital of?",
        "Which country has {operand} as its capital?",
        "Of which country is {operand} the capital?",
        "Name the country whose capital is {operand}.",
        "Tell me which country has the capital {operand}.",
        "{operand} is the capital of what?",
        "What country has the capital city {operand}?",
        "Whose capital is {operand}?",
        "The city {operand} is the capital of which country?",
    ),
    ask_next=("And {operand}?", "And which country has {operand}?", "What about {operand}?"),
    statement="{operand} is the capital of {value}",
    judge=lambda country: says_words(country, after=" of "),
)

FAMILIES = (
    ExactFamily("exact/capitals", CAPITAL.draw_question),
    ExactFamily("exact/countries", COUNTRY.draw_question),
    ExactFamily("exact/capital-check", CAPITAL.draw_check),
)
