"""The canonical columns of a structure chart, and the headings councils use for them."""

import re
from enum import StrEnum

from visitor_register.domain.names import fold


class Field(StrEnum):
    """One canonical column; the value is its heading in our own template."""

    POST_REF = "Post Unique Reference"
    STAFF_NUMBER = "Staff Number"
    NAME = "Name"
    FORENAME = "First Name"
    SURNAME = "Last Name"
    KNOWN_AS = "Known As"
    JOB_TITLE = "Job Title"
    UNIT = "Unit"
    SERVICE = "Service"
    DIRECTORATE = "Directorate"
    ORGANISATION = "Organisation"
    LEVEL = "Level"
    PHONE = "Contact Phone"
    MOBILE = "Contact Mobile"
    EMAIL = "Contact E-mail"
    CONTACT = "Contact Details"
    REPORTS_TO_POST = "Reports to Post"
    REPORTS_TO_STAFF_NUMBER = "Reports to Staff Number"
    REPORTS_TO_EMAIL = "Reports to E-mail"
    REPORTS_TO_NAME = "Reports to Name"
    CONTRACT = "Contract Type"
    VACANCY = "Vacancy"
    EFFECTIVE_DATE = "Effective Date"
    NOTES = "Notes"
    # Columns of the government organogram's second file: counts of posts, never people.
    GENERIC_TITLE = "Generic Job Title"
    NUMBER_OF_POSTS = "Number of Posts in FTE"
    REPORTING_POST = "Reporting Senior Post"


MANAGER_FIELDS = (Field.REPORTS_TO_POST, Field.REPORTS_TO_STAFF_NUMBER, Field.REPORTS_TO_EMAIL, Field.REPORTS_TO_NAME)

_ALIASES = {
    Field.POST_REF: "post unique reference|unique reference|post ref|post reference|post no|post number|post id|post code ref"
    "|position id|position no|position number|position code|position reference|position ref|job reference|posn no|upn ref|post unique ref",
    Field.STAFF_NUMBER: "staff number|staff no|staff id|employee number|employee no|employee id|emp no|emp id|emp number|payroll no"
    "|payroll number|payroll|payroll id|payroll badge no|payroll badge number|badge no|badge number|badge id|badge|id badge no"
    "|id badge number|id badge|personnel number|personnel no|pers no|person id|person number|worker id|staff reference|staff ref"
    "|employee ref|employee reference|payroll ref|payroll reference|id number|id no|staff badge number|staff badge no|works number",
    Field.NAME: "name|full name|employee name|employee|employee full name|staff name|staff member|staff|name of staff|member of staff"
    "|officer|officer name|worker|worker name|post holder|postholder|post holder name|postholder name|name of post holder"
    "|name of postholder|current post holder|current postholder|display name|contact name|person|person name|name of employee"
    "|name of officer|job holder|holder|names|surname forename|surname first name|name surname|preferred full name|colleague|incumbent",
    Field.FORENAME: "first name|firstname|forename|forenames|first names|forename s|first name s|given name|given names|christian name|fore name"
    "|employee first name|employee forename|legal first name",
    Field.SURNAME: "last name|lastname|surname|family name|second name|sur name|employee surname|employee last name|legal surname",
    Field.KNOWN_AS: "known as|known as name|preferred name|preferred first name|preferred forename|nickname|also known as|goes by",
    Field.JOB_TITLE: "job title|title of post|role|job role|role title|position|position title|post title|post|job|job name|designation"
    "|occupation|post name|role name|job description title|current role|job position|post job title|job title role|role job title"
    "|position job title|posn title|substantive post|jobtitle",
    Field.UNIT: "unit|team|team name|department|dept|section|service area|service area team|team service|unit team|team unit|business unit"
    "|work area|workgroup|team section|section team|organisational unit|org unit|organisation unit|sub team|team department"
    "|department team|locality|hub|team hub|office team|area team",
    Field.SERVICE: "service|service name|division|service division|service unit|branch|head of service area|group service|service group",
    Field.DIRECTORATE: "directorate|directorate name|directorate department|parent directorate|group",
    Field.ORGANISATION: "organisation|organization|organisation label|organisation name|employer|council|company|authority|local authority",
    Field.LEVEL: "level|tier|hierarchy level|management level|organisational level|org level|layer",
    Field.PHONE: "contact phone|phone|phone no|phone number|telephone|telephone no|telephone number|tel|tel no|tel number|direct line"
    "|direct dial|direct number|ddi|office phone|office tel|office telephone|office number|work phone|work tel|work telephone"
    "|work number|business phone|business phones|business telephone|landline|land line|contact number|contact no|contact numbers|contact tel|contact telephone"
    "|contact telephone number|contact phone number|desk phone|phone work|telephone work|extension|ext|main phone|fixed line|phones"
    "|direct dial number|direct telephone|direct tel|telephones",
    Field.MOBILE: "contact mobile|mobile|mobile no|mobile number|mobile phone|mobile phone number|mobile telephone|mob|mob no|work mobile"
    "|work mobile number|cell|cell phone|business mobile|mobile tel|mobile work|council mobile",
    Field.EMAIL: "contact e mail|contact email|contact email address|email|e mail|email address|e mail address|emailaddress|mail|work email"
    "|work e mail|work email address|user principal name|userprincipalname|upn|primary smtp address|smtp address|business email|email id"
    "|office email|council email|secure email|emails|email work",
    Field.CONTACT: "contact details|contact|contact information|contact info|contacts|telephone email|phone email|email telephone|tel email|tel mobile|phone mobile|telephone mobile|telephone mobile email|mobile telephone|tel mob|telephone and email|phone and email|contact details telephone",
    Field.REPORTS_TO_POST: "reports to post|reports to senior post|reports to post reference|reports to post ref|reports to position id"
    "|reports to post id|reports to post no|reports to post number|reports to position|reports to position number"
    "|reports to position no|manager post reference|manager post ref|manager position id|manager post id|manager post no"
    "|parent post|parent position|parent position id|reporting post|manager post number|manager position number|line manager post"
    "|line manager post ref|line manager post reference|line manager position id|line manager post no|reports to unique reference"
    "|reports to post unique reference|supervisor position id|parent post ref|parent post reference",
    Field.REPORTS_TO_STAFF_NUMBER: "reports to staff number|reports to staff no|reports to employee id|reports to employee number|reports to id|reports to payroll no"
    "|manager staff number|manager staff no|manager staff id|manager employee id|manager employee number|manager employee no|manager id|manager no"
    "|manager number|manager payroll no|manager payroll number|manager badge no|line manager id|line manager no|line manager number|line manager staff no"
    "|line manager staff number|line manager employee id|line manager employee number|line manager employee no|line manager payroll no"
    "|line manager payroll number|line manager badge no|supervisor id|supervisor number|supervisor no|reports to badge no"
    "|reports to payroll number|supervisor employee id|supervisor staff number|managers staff number|managers employee number",
    Field.REPORTS_TO_EMAIL: "reports to e mail|reports to email|reports to email address|manager email|manager e mail|manager email address|manager mail"
    "|manager upn|manager user principal name|line manager email|line manager e mail|line manager email address|supervisor email"
    "|supervisor email address|managers email|line managers email|managers email address|line managers email address|manager work email",
    Field.REPORTS_TO_NAME: "reports to name|reports to|reportsto|line manager|line manager name|manager|manager name|managers name|managed by"
    "|name of manager|name of line manager|supervisor|supervisor name|line managers name|reporting to|report to|direct manager"
    "|immediate manager|reporting manager|supervising manager|reports to manager|people manager|line managed by|line management"
    "|supervised by|reporting line|line mgr|mgr|lm|line manager s|manager full name|manager display name|line supervisor|current line manager|operational manager",
    Field.CONTRACT: "contract type|contract|employment type|employment status|contract status|type of contract|perm agency|permanent agency"
    "|employment basis|worker type|staff type|employee type",
    Field.VACANCY: "vacancy|vacant|vacancy status|post status|filled vacant|vacant post|vacant filled|position status",
    Field.EFFECTIVE_DATE: "effective date|as at|as at date|date|data date|extract date|snapshot date|correct as at",
    Field.NOTES: "notes|note|comments|comment|remarks|further information|additional information|other information",
    Field.GENERIC_TITLE: "generic job title",
    Field.NUMBER_OF_POSTS: "number of posts in fte|number of posts|posts in fte",
    Field.REPORTING_POST: "reporting senior post",
}  # fmt: skip
_BY_ALIAS = {alias: field for field, text in _ALIASES.items() for alias in text.split("|")}
# Said by people when they mean their manager, but also the heading of a level in a stepped chart.
_LEVEL_HEADINGS = frozenset(
    "director|assistant director|head of service|service manager|team manager|team leader|team member|deputy team manager"
    "|practice manager|group manager|worker|social worker|chief executive|operational director|strategic director".split(
        "|"
    )
)
_PLAIN_IDS = frozenset("id|ref|reference|unique id|record id|row id|node id|unique identifier|identifier".split("|"))
_SMALLEST_FIRST = (("team", "subteam", "hub", "workgroup"), ("unit", "section", "locality"), ("area", "department", "dept"))
_MONEY = re.compile(
    r"\b(?:salary|salaries|pay|paid|payscale|wage|spine|scp|cost|budget|grade|remuneration|bonus|£)\b|£"
)
_DECORATION = re.compile(
    r"^(?:(?:current|staff|employee|worker|work|officer) )+(?=\S)|(?: (?:s|if known|if any|optional))+$"
)


def heading_key(text: str) -> str:
    """Return a heading without case, punctuation and camel humps: "E-Mail address" is "e mail address"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = re.sub(r"[^\w£]+", " ", fold(spaced).replace("'", "").replace("&", " and ")).replace("_", " ")
    return " ".join(plain.split())


def field_of(heading: str) -> Field | None:
    """Say which canonical column a heading means, or None. Salary columns mean nothing to us."""
    key = heading_key(heading)
    if not key or len(key) > 80:
        return None
    if key in _BY_ALIAS:
        return _BY_ALIAS[key]
    if _MONEY.search(key):
        return None
    before_bracket = heading_key(re.sub(r"[(\[].*?[)\]]", " ", heading))
    for variant in (before_bracket, _DECORATION.sub("", before_bracket), _DECORATION.sub("", key)):
        if variant in _BY_ALIAS:
            return _BY_ALIAS[variant]
    return None


def is_plain_id(heading: str) -> bool:
    """Say whether a heading only says "ID": what it numbers the other columns must tell."""
    return heading_key(heading) in _PLAIN_IDS


def team_rank(heading: str) -> int:
    """Say how small a part of the council a heading means: the smallest is the team."""
    key = heading_key(heading)
    return next((rank for rank, words in enumerate(_SMALLEST_FIRST) if any(word in key.split() for word in words)), 9)


def is_level_heading(heading: str) -> bool:
    """Say whether a heading names a rank ("Team Manager"): a column of names by level."""
    return heading_key(heading) in _LEVEL_HEADINGS
