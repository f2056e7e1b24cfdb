"""Makes the invented charts in `resources/sample`: `python -m tests.sample_charts`. Nobody in them exists."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

AUTHORITY = "Northvale Council"
HEADINGS = (
    "Post Unique Reference",
    "Staff Number",
    "Name",
    "Known As",
    "Job Title",
    "Unit",
    "Service",
    "Directorate",
    "Organisation",
    "Level",
    "Contact Phone",
    "Contact Mobile",
    "Contact E-mail",
    "Reports to Post",
    "Reports to Name",
    "Contract Type",
    "Vacancy",
    "Effective Date",
    "Notes",
)
FORENAMES = " ".join(
    (
        "Amara Bartholomew Chidi Delphine Efua Farida Gethin Hiroko Imani Jarek Kofi Leocadia Mehmet Ngozi Oluwaseun",
        "Priyanka Quillon Rosalba Siân Tendai Ulrike Venkatesh Winifred Xanthe Yusuf Zoë Anjali Bronwen Ciarán Devika",
        "Emeka Fionnuala Gurpreet Halima Ioana Jasmeen Krzysztof Lindiwe Marguerite Nadeem Orla Parveen Rhiannon",
        "Solomon Tomasz Uchenna Violeta Wambui Yetunde Zainab Aoife Blessing Cosmin Dorothea Esra Florin Genevieve",
        "Hamza Isolde Jun-ho Kavita Łukasz Mireille Nomvula Olamide Philippa Radoslav Sunniva Thandiwe Usha Vasile",
        "Wojciech Yolanda",
    )
).split()
SURNAMES = " ".join(
    (
        "Applewhistle Brackenmoon Cloudberry Dandelyon Emberwick Fernhollow Goosequill Harebellini Inkpenny",
        "Junipervale Kettlebrook Larkstone Marmalade-Quay Nettlecombe Oatfeather Pebblewright Quincebury Rushlight",
        "Starlingford Thistledown Umberhatch Violetsworth Willowherb Yarrowby Zephyrine Acornley Buttercross",
        "Cobblewise Driftwood-Okoro Elderflood Foxglover Gorsehampton Honeydew Ivyclough Jackdawson Kingfisherly",
        "Lavenderstone Mossbank Nightjarvis O'Plumtree Puddlefoot Quailsworth Ryegrass Saffronwald Teaselby",
        "Underbough Velvetine Windlestraw Yewtreeson Allspicer Bramblewood Cinnamondo Dewpond Eiderdown Flaxmere",
        "Gingerell Hazelquist Icicleton Jasminder-Vale Knotweeding Limetreesh Meadowsweet Nutmegson Orchardly",
        "Pondskater Quickthorn Rowanberry Sedgewicket Toadflax",
    )
).split()
SERVICES = (
    ("Front Door and Assessment", (("MASH and Referral", ("MASH", "Emergency Support")), ("Assessment", (1, 2)))),
    ("Child in Need and Protection", (("CIN North", (1, 2)), ("CIN South", (3, 4)))),
    (
        "Children Looked After",
        (("Children Looked After", ("CLA Team 1", "CLA Team 2")), ("Care Leavers", ("Care Leavers", "Fostering"))),
    ),
    (
        "Early Help and Inclusion",
        (("Early Help", ("Early Help East", "Early Help West")), ("Inclusion", ("Virtual School", "Youth Support"))),
    ),
)
WORKERS = (
    "Senior Practitioner",
    "Social Worker",
    "Social Worker",
    "Social Worker",
    "Newly Qualified Social Worker",
    "Family Support Worker",
    "Team Administrator",
)
VACANT_AT = frozenset({23, 41, 58, 77, 90, 112, 131})
AGENCY_AT = frozenset({30, 52, 85, 120})


@dataclass(frozen=True, slots=True)
class Row:
    """One post with whoever holds it; an empty name is a vacant post."""

    ref: str
    title: str
    team: str
    service: str
    level: int
    above: str
    name: str = ""
    known_as: str = ""
    number: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    contract: str = "Permanent"

    def cells(self, names: dict[str, str]) -> tuple[str, ...]:
        """The row in the columns of the template."""
        person = self.name or "Vacant"
        return (
            self.ref,
            self.number,
            person,
            self.known_as,
            self.title,
            self.team,
            self.service,
            "Children's Services",
            f"{AUTHORITY} (invented)",
            str(self.level),
            self.phone,
            self.mobile,
            self.email,
            self.above,
            names.get(self.above, ""),
            self.contract if self.name else "",
            "" if self.name else "Vacant",
            "",
            "",
        )


def structure() -> Iterator[Row]:
    """Yield every post, empty."""
    yield Row("NV001", "Director of Children's Services", "Directorate", "Children's Services", 1, "")
    number = 1
    for service, branches in SERVICES:
        number += 1
        head = f"NV{number:03}"
        yield Row(head, f"Head of Service, {service}", service, service, 2, "NV001")
        for branch, teams in branches:
            number += 1
            manager = f"NV{number:03}"
            yield Row(manager, f"Service Manager, {branch}", branch, service, 3, head)
            for team in teams:
                name = team if isinstance(team, str) else f"{branch.split()[0]} Team {team}"
                number += 1
                lead = f"NV{number:03}"
                yield Row(lead, f"Team Manager, {name}", name, service, 4, manager)
                for title in WORKERS:
                    number += 1
                    yield Row(f"NV{number:03}", title, name, service, 5, lead)


def people() -> Iterator[tuple[str, str]]:
    """Yield names nobody has, each once, with the name they go by."""
    draw = random.Random(20)
    forenames, surnames = list(FORENAMES), list(SURNAMES)
    short = {"Bartholomew": "Bart", "Winifred": "Winnie", "Krzysztof": "Kris", "Marguerite": "Margo", "Dorothea": "Dot"}
    while True:
        draw.shuffle(forenames)
        draw.shuffle(surnames)
        for forename, surname in zip(forenames, surnames, strict=False):
            yield f"{forename} {surname}", short.get(forename, "")


def address(name: str) -> str:
    """Return a mail address in a domain that cannot exist."""
    plain = name.lower().replace("'", "").replace("-", "").replace(" ", ".")
    for written, letter in (("ë", "e"), ("â", "a"), ("á", "a"), ("ł", "l")):
        plain = plain.replace(written, letter)
    return f"{plain}@northvale.example"


def held(row: Row, person: tuple[str, str], at: int) -> Row:
    """Put somebody into a post."""
    name, known_as = person
    return replace(
        row,
        name=name,
        known_as=known_as,
        number=f"N{(410_000 + at * 7919) % 1_000_000:06}",
        phone=f"020 7946 0{at:03}",
        mobile=f"07700 900{at:03}" if row.level == 5 and "Administrator" not in row.title else "",
        email=address(name),
        contract="Agency" if at in AGENCY_AT else "Permanent",
    )


def first() -> list[Row]:
    """The chart."""
    names, rows, used = people(), [], set()
    for at, row in enumerate(structure(), 1):
        if at in VACANT_AT:
            rows.append(row)
            continue
        person = next(one for one in names if one[0] not in used)
        used.add(person[0])
        rows.append(held(row, person, at))
    share = next(row for row in rows if row.team == "Virtual School" and row.title == "Senior Practitioner")
    other = next(one for one in names if one[0] not in used)
    rows.insert(rows.index(share) + 1, held(replace(share, name=""), other, 190))
    return rows


def second() -> list[Row]:
    """The chart a quarter later: six joined, five left, three moved, one renamed, one team has a new manager."""
    rows = dict(enumerate(first()))
    by_ref = {row.ref: index for index, row in rows.items()}
    new = iter(
        (
            ("Ottoline Fernstitch", "Otti"),
            ("Babajide Quartzmoor", ""),
            ("Sahra Lanternby", ""),
            ("Ffion Copperbeech", ""),
            ("Rafael Dunnockson", "Rafa"),
            ("Meera Stargazey", ""),
        )
    )
    workers = [index for index, row in rows.items() if row.level == 5 and row.name]
    for at, index in enumerate((workers[3], workers[40], workers[77])):
        # Left, and the post was filled at once.
        rows[index] = held(blank(rows[index]), next(new), 210 + at)
    for index in (workers[20], workers[64]):
        rows[index] = blank(rows[index])
    for at, place in enumerate(sorted(VACANT_AT)[:3]):
        index = by_ref[f"NV{place:03}"]
        rows[index] = held(rows[index], next(new), 220 + at)
    for at, to in ((workers[10], "CIN Team 2"), (workers[30], "MASH"), (workers[50], "Early Help East")):
        lead = next(row for row in rows.values() if row.level == 4 and row.team == to)
        rows[at] = replace(rows[at], ref=f"NV{300 + at}", team=to, service=lead.service, above=lead.ref)
    married = rows[workers[15]]
    name = f"{married.name.split()[0]} Silverbirchall"
    rows[workers[15]] = replace(married, name=name, email=address(name))
    rows[workers[25]] = replace(rows[workers[25]], phone="020 7946 0999")
    lead, follower = by_ref[married.above], next(i for i in workers if rows[i].title == "Senior Practitioner")
    retired, promoted = rows[lead], rows[follower]
    rows[follower] = blank(promoted)
    rows[lead] = replace(promoted, **{name: getattr(retired, name) for name in ("ref", "title", "team", "service")})
    rows[lead] = replace(rows[lead], level=4, above=retired.above)
    return list(rows.values())


def blank(row: Row) -> Row:
    """The post without anybody in it."""
    return Row(row.ref, row.title, row.team, row.service, row.level, row.above)


def as_csv(rows: list[Row]) -> str:
    """Return a chart as our own template."""
    names = {row.ref: row.name for row in reversed(rows)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(row.cells(names) for row in rows)
    return out.getvalue()


FILES = {"structure-chart.csv": first, "structure-chart-2.csv": second}


def main() -> None:
    """Write both files."""
    folder = Path(__file__).parent.parent / "resources" / "sample"
    for name, make in FILES.items():
        (folder / name).write_text(as_csv(make()), "utf-8", newline="")


if __name__ == "__main__":
    main()
