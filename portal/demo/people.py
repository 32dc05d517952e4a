"""Who lives and works in Nadipur. All of them are invented, and so is every address."""

from dataclasses import dataclass

from accounts.roles import Role
from portal.demo import reading

PASSWORD = "six-white-herons-at-noon"  # noqa: S105 - printed at the start of a demo, and good nowhere else
DOMAIN = "nadipur.example"
WATERWAYS, SCHOOLS, COUNCIL, HEALTH = (
    "waterways",
    "schools-and-learning",
    "town-council",
    "health-services",
)
CENTRE = ""


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
    Official("tara", "Tara Bisht", Role.EDITOR, COUNCIL),
    Official("jacob", "Jacob Minz", Role.APPROVER, COUNCIL),
    Official("hasan", "Hasan Rizvi", Role.MODERATOR, COUNCIL),
    Official("bina", "Bina Thapa", Role.ANALYST, COUNCIL),
    Official("uma", "Uma Shankar", Role.PRESS_OFFICER, COUNCIL),
    Official("sofia", "Sofia Ekka", Role.EDITOR, HEALTH),
    Official("rajan", "Rajan Mathur", Role.APPROVER, HEALTH),
    Official("leena", "Leena Bhagat", Role.MODERATOR, HEALTH),
    Official("varun", "Varun Sethi", Role.ANALYST, HEALTH),
    Official("clara", "Clara Topno", Role.PRESS_OFFICER, HEALTH),
)

_SILENT_ENGLISH = """
aaron abdul adil agnes ajit akash albert aman amir amita amrita andrew anjali antony aparna arif arti ashok asif asma
avinash azhar basil beena benny bhavna brinda catherine charu cherian damini daniel danish darshan diana divya elias
esther faisal farhan felix firoz gaurav geeti george gloria gopika habib harleen hema iqbal isaac ishita jagat jamal
jasmine javed jaya jerome john josephine juhi kabir kalpana karim kavita kenneth komal latif lucy maria mariam martin
mercy mithun monica mukti nadeem naina nancy naresh nazia neha nikhil nirmal nitin norbert pallavi pauline peter philip
pinky qasim rachel rahim rakesh rashid reena rita robin rosy ruby sabina sahil sajid sameer sandhya sara shaheen shalini
sheela shirin simon smita snehal stella stephen subhash suman surabhi sushant swati tahir tanvi tariq tina uday urvashi
varsha victor vinay violet vivek wahida yusuf zeenat
"""
_SILENT_HINDI = """
aasha ambika anup asharfi babita balram bimla birju champa chhaya chunni damodar deena dhaniram durga gajanan ganga
girdhari gomti govind gulshan hema_devi hukum indu jagan jamuna janki kanhaiya kanta kesari lachhman laxmi madan maina
malti mangal maya mohini munni nanhe nathu nirmala omvati parvati phulmati prem pushpa rajkumari ramkali ramvati roshan
rukmini sandeep saraswati satya shakuntala shyam sita sohan sudama sukhdev sumitra sundar surendra suryakant tara_devi
tilak triveni uttam vimla vishnu yashoda
"""


def _citizens() -> dict[str, str]:
    """By name the language they write in: those who speak first, then those who only read and support."""
    speak = {
        said.who: said.language
        for key in reading.consultations()
        for said in reading.voices(key).all()
        if said.who not in (reading.OFFICIAL, reading.ANYBODY)
    }
    silent = {**dict.fromkeys(_SILENT_ENGLISH.split(), "en"), **dict.fromkeys(_SILENT_HINDI.split(), "hi")}
    return {**dict(sorted(speak.items())), **{name: silent[name] for name in silent if name not in speak}}


CITIZENS = _citizens()
ORGANISATIONS = {
    "gurdeep": "Ferrymen's Union of Nadipur",
    "mary": "Canal Lane Clinic",
    "imtiaz": "Launderers' Guild",
    "manju": "Waste Pickers' Cooperative",
    "chetan": "Traders of Station Road",
}
"""For whom somebody may speak, beside themselves."""


def address(key: str) -> str:
    """Where letters to somebody go."""
    return f"{key.replace('_', '-')}@{DOMAIN}"
