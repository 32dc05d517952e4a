"""Who lives and works in Nadipur. All of them are invented, and so is every address."""

from dataclasses import dataclass

from accounts.roles import Role

PASSWORD = "six-white-herons-at-noon"  # noqa: S105 - printed at the start of a demo, and good nowhere else
DOMAIN = "nadipur.example"
WATERWAYS, SCHOOLS, CENTRE = "waterways", "schools-and-learning", ""


@dataclass(frozen=True)
class Official:
    """Somebody who signs in at the desk."""

    key: str
    name: str
    role: Role
    agency: str


OFFICIALS = (
    Official("pavan", "Pavan Kumar", Role.PLATFORM_ADMIN, CENTRE),
    Official("ruth", "Ruth Kerketta", Role.PLATFORM_ADMIN, CENTRE),
    Official("omana", "Omana Pillai", Role.OMBUDS, CENTRE),
    Official("noor", "Noor Siddiqui", Role.AUDITOR, CENTRE),
    Official("esha", "Esha Menon", Role.EDITOR, WATERWAYS),
    Official("anil", "Anil Das", Role.APPROVER, WATERWAYS),
    Official("mohan", "Mohan Lal", Role.MODERATOR, WATERWAYS),
    Official("lata", "Lata Iyer", Role.ANALYST, WATERWAYS),
    Official("priya", "Priya Nair", Role.PRESS_OFFICER, WATERWAYS),
    Official("paul", "Paul Dsouza", Role.PRESS_OFFICER, WATERWAYS),
    Official("kiran", "Kiran Bose", Role.CLERK, WATERWAYS),
    Official("dev", "Dev Patil", Role.DUTY_OFFICER, WATERWAYS),
    Official("sunita", "Sunita Rawat", Role.EDITOR, SCHOOLS),
    Official("rafiq", "Rafiq Ansari", Role.APPROVER, SCHOOLS),
    Official("grace", "Grace Lakra", Role.MODERATOR, SCHOOLS),
    Official("imran", "Imran Qureshi", Role.ANALYST, SCHOOLS),
    Official("meena", "Meena Joshi", Role.PRESS_OFFICER, SCHOOLS),
)

_ENGLISH = """
leela arjun fatima joseph meher ravi tenzin nisha zoya prakash anita harish rukhsana vikram imtiaz pooja bala gurdeep
mary naveen usha salim deepa thomas yasmin sanjay parveen alka
"""
_HINDI = "sushila gopal kamala dilip shanti bhola kishan lalita rekha mahesh sarita chandan"
CITIZENS = {**dict.fromkeys(_ENGLISH.split(), "en"), **dict.fromkeys(_HINDI.split(), "hi")}
"""Citizens by name, each with the language they write in."""


def address(key: str) -> str:
    """Where letters to somebody go."""
    return f"{key}@{DOMAIN}"
