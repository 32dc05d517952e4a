"""Names under which people speak in one consultation: friendly, and saying nothing about who it is."""

from random import Random

FIRST = (
    "Acacia", "Amber", "Aspen", "Azure", "Bamboo", "Banyan", "Birch", "Bronze", "Cedar", "Cobalt",
    "Copper", "Coral", "Crimson", "Cypress", "Ebony", "Elm", "Fern", "Golden", "Hazel", "Indigo",
    "Ivory", "Jade", "Juniper", "Laurel", "Lilac", "Linden", "Magenta", "Mango", "Maple", "Myrtle",
    "Neem", "Ochre", "Olive", "Palm", "Pearl", "Pine", "Poplar", "Rosewood", "Rowan", "Ruby",
    "Russet", "Scarlet", "Sienna", "Silver", "Tamarind", "Teak", "Topaz", "Turquoise", "Umber", "Violet",
    "Walnut", "Willow",
)  # fmt: skip
"""Colours and trees."""

SECOND = (
    "Amazon", "Avocet", "Beas", "Bulbul", "Congo", "Crane", "Curlew", "Danube", "Egret", "Elbe",
    "Finch", "Godavari", "Heron", "Hoopoe", "Ibis", "Indus", "Jhelum", "Kaveri", "Kestrel", "Kingfisher",
    "Koel", "Lapwing", "Lark", "Loire", "Mahanadi", "Mekong", "Mynah", "Narmada", "Niger", "Nile",
    "Oriole", "Orinoco", "Osprey", "Pelican", "Periyar", "Plover", "Robin", "Sandpiper", "Sparrow",
    "Starling", "Stork", "Sunbird", "Swallow", "Swift", "Tapti", "Tern", "Thrush", "Tigris", "Volga", "Wagtail",
    "Warbler", "Zambezi",
)  # fmt: skip
"""Birds and rivers."""


def fresh(random: Random) -> str:
    """A pseudonym such as "Cedar Heron 4821", drawn from 24 million.

    It is drawn and not derived, so two of one person in two consultations have nothing to do with one
    another. Hand in `secrets.SystemRandom()`; two people may draw the same, so whoever keeps it draws again.
    The words are names and are not translated.
    """
    return f"{random.choice(FIRST)} {random.choice(SECOND)} {random.randrange(1000, 10_000)}"
