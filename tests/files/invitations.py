"""Invitations as Outlook, Google and Apple write them, with any zone and any change."""

from collections.abc import Sequence

OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
ZONES = {
    "Europe/London": ("+0000", "+0100"),
    "GMT Standard Time": ("+0000", "+0100"),
    "Romance Standard Time": ("+0100", "+0200"),
    "Customized Time Zone": ("+0200", "+0300"),
}
OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:{method}
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
{zone}
{events}
END:VCALENDAR"""
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:{method}
{zone}
{events}
END:VCALENDAR"""
APPLE = """BEGIN:VCALENDAR
METHOD:{method}
VERSION:2.0
PRODID:-//Apple Inc.//macOS 15.1//EN
CALSCALE:GREGORIAN
{zone}
{events}
END:VCALENDAR"""
MAKERS = {"outlook": OUTLOOK, "google": GOOGLE, "apple": APPLE}
UID = "040000008200E00074C5B7101A82E00800000000B0"


def event(
    start: str = "20261201T140000",
    end: str = "20261201T150000",
    *,
    zone: str = "GMT Standard Time",
    sequence: int = 0,
    uid: str = UID,
    more: Sequence[str] = (),
) -> str:
    """One meeting; a zone of "" writes a floating time, "UTC" one with a Z."""
    place = f";TZID={zone}" if zone not in ("", "UTC") else ""
    z = "Z" if zone == "UTC" else ""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261120T100000Z",
        f"DTSTART{place}:{start}{z}",
        f"DTEND{place}:{end}{z}",
        f"SEQUENCE:{sequence}",
        'ORGANIZER;CN="Haddad, Leila":MAILTO:Leila.Haddad@northvale.example',
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TR",
        " UE;CN=Mrs Shah;X-NUM-GUESTS=0:mailto:n.shah@elmbrook.example",
        "ATTENDEE;CUTYPE=ROOM;CN=Meeting room 2:mailto:room2@elmbrook.example",
        "ATTENDEE;CN=ngozi.eze@northvale.example:mailto:ngozi.eze@northvale.example",
        "SUMMARY;LANGUAGE=en-gb:CIN visit\\, Child 17",
        "LOCATION:Elmbrook Primary\\, Meeting room 2",
        "DESCRIPTION:Please see the child alone.\\nThank you",
        *more,
        "END:VEVENT",
    ]
    return "\n".join(lines)


def calendar(*events: str, maker: str = "outlook", zone: str = "GMT Standard Time", method: str = "REQUEST") -> bytes:
    """A whole file with the table of its zone, lines ending as the standard asks."""
    winter, summer = ZONES.get(zone, ("+0000", "+0000"))
    table = OUTLOOK_ZONE.format(name=zone, winter=winter, summer=summer) if zone not in ("", "UTC") else ""
    text = MAKERS[maker].format(method=method, zone=table, events="\n".join(events))
    return "\r\n".join(line for line in text.splitlines() if line).encode() + b"\r\n"
