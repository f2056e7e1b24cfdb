"""The headings councils use, by canonical column: folded, without punctuation, one after the other."""

ALIASES = {
    "Drawn box": "drawn box",
    "Drawn under box": "drawn under box",
    "Perhaps under box": "perhaps under box",
    "Post Unique Reference": """
        post unique reference | unique reference | post ref | post reference | post no | post number | post id |
        post code ref | position id | position no | position number | position code | position reference |
        position ref | job reference | posn no | upn ref | post unique ref
    """,
    "Staff Number": """
        staff number | staff no | staff id | employee number | employee no | employee id | emp no | emp id |
        emp number | payroll no | payroll number | payroll | payroll id | payroll badge no | payroll badge number |
        badge no | badge number | badge id | badge | id badge no | id badge number | id badge | personnel number |
        personnel no | pers no | person id | person number | worker id | staff reference | staff ref | employee ref
        | employee reference | payroll ref | payroll reference | id number | id no | staff badge number |
        staff badge no | works number
    """,
    "Name": """
        name | full name | employee name | employee | employee full name | staff name | staff member | staff |
        name of staff | member of staff | officer | officer name | worker | worker name | post holder | postholder |
        post holder name | postholder name | name of post holder | name of postholder | current post holder |
        current postholder | post holders name | postholders name | display name | contact name | person |
        person name | name of employee | name of officer | job holder | holder | names | surname forename |
        surname first name | name surname | preferred full name | colleague | incumbent
    """,
    "First Name": """
        first name | firstname | forename | forenames | first names | forename s | first name s | given name |
        given names | christian name | fore name | employee first name | employee forename | legal first name
    """,
    "Last Name": """
        last name | lastname | surname | family name | second name | sur name | employee surname |
        employee last name | legal surname
    """,
    "Known As": """
        known as | known as name | preferred name | preferred first name | preferred forename | nickname |
        also known as | goes by
    """,
    "Job Title": """
        job title | title of post | role | job role | role title | position | position title | post title | post |
        job | job name | designation | occupation | post name | role name | job description title | current role |
        job position | post job title | job title role | role job title | position job title | posn title |
        substantive post | jobtitle
    """,
    "Unit": """
        unit | team | team name | department | dept | section | service area | service area team | team service |
        unit team | team unit | business unit | work area | workgroup | team section | section team |
        organisational unit | org unit | organisation unit | sub team | team department | department team | locality
        | hub | team hub | office team | area team
    """,
    "Service": """
        service | service name | division | service division | service unit | branch | head of service area |
        group service | service group
    """,
    "Directorate": """
        directorate | directorate name | directorate department | parent directorate | group
    """,
    "Organisation": """
        organisation | organization | organisation label | organisation name | employer | council | company |
        authority | local authority
    """,
    "Level": """
        level | tier | hierarchy level | management level | organisational level | org level | layer
    """,
    "Contact Phone": """
        contact phone | phone | phone no | phone number | telephone | telephone no | telephone number | tel | tel no
        | tel number | direct line | direct dial | direct number | ddi | office phone | office tel |
        office telephone | office number | work phone | work tel | work telephone | work number | business phone |
        business phones | business telephone | landline | land line | contact number | contact no | contact numbers
        | contact tel | contact telephone | contact telephone number | contact phone number | desk phone |
        phone work | telephone work | extension | ext | main phone | fixed line | phones | direct dial number |
        direct telephone | direct tel | telephones
    """,
    "Contact Mobile": """
        contact mobile | mobile | mobile no | mobile number | mobile phone | mobile phone number | mobile telephone
        | mob | mob no | work mobile | work mobile number | cell | cell phone | business mobile | mobile tel |
        mobile work | council mobile
    """,
    "Contact E-mail": """
        contact e mail | contact email | contact email address | email | e mail | email address | e mail address |
        emailaddress | mail | work email | work e mail | work email address | user principal name |
        userprincipalname | upn | primary smtp address | smtp address | business email | email id | office email |
        council email | secure email | emails | email work
    """,
    "Contact Details": """
        contact details | contact | contact information | contact info | contacts | telephone email | phone email |
        email telephone | tel email | tel mobile | phone mobile | telephone mobile | telephone mobile email |
        mobile telephone | tel mob | telephone and email | phone and email | contact details telephone
    """,
    "Reports to Post": """
        reports to post | reports to senior post | reports to post reference | reports to post ref |
        reports to position id | reports to post id | reports to post no | reports to post number |
        reports to position | reports to position number | reports to position no | manager post reference |
        manager post ref | manager position id | manager post id | manager post no | parent post | parent position |
        parent position id | reporting post | manager post number | manager position number | line manager post |
        line manager post ref | line manager post reference | line manager position id | line manager post no |
        reports to unique reference | reports to post unique reference | supervisor position id | parent post ref |
        parent post reference
    """,
    "Reports to Staff Number": """
        reports to staff number | reports to staff no | reports to employee id | reports to employee number |
        reports to id | reports to payroll no | manager staff number | manager staff no | manager staff id |
        manager employee id | manager employee number | manager employee no | manager id | manager no |
        manager number | manager payroll no | manager payroll number | manager badge no | line manager id |
        line manager no | line manager number | line manager staff no | line manager staff number |
        line manager employee id | line manager employee number | line manager employee no | line manager payroll no
        | line manager payroll number | line manager badge no | supervisor id | supervisor number | supervisor no |
        reports to badge no | reports to payroll number | supervisor employee id | supervisor staff number |
        managers staff number | managers employee number
    """,
    "Reports to E-mail": """
        reports to e mail | reports to email | reports to email address | manager email | manager e mail |
        manager email address | manager mail | manager upn | manager user principal name | line manager email |
        line manager e mail | line manager email address | supervisor email | supervisor email address |
        managers email | line managers email | managers email address | line managers email address |
        manager work email
    """,
    "Reports to Name": """
        reports to name | reports to | reportsto | line manager | line manager name | manager | manager name |
        managers name | managed by | name of manager | name of line manager | supervisor | supervisor name |
        line managers name | reporting to | report to | direct manager | immediate manager | reporting manager |
        supervising manager | reports to manager | people manager | line managed by | line management |
        supervised by | reporting line | line mgr | mgr | lm | line manager s | manager full name |
        manager display name | line supervisor | current line manager | operational manager
    """,
    "Contract Type": """
        contract type | contract | employment type | employment status | contract status | type of contract |
        perm agency | permanent agency | permanent or temporary | permanent temporary | employment basis |
        worker type | staff type | employee type
    """,
    "Vacancy": """
        vacancy | vacant | vacancy status | post status | filled vacant | vacant post | vacant filled |
        position status
    """,
    "Effective Date": """
        effective date | as at | as at date | date | data date | extract date | snapshot date | correct as at
    """,
    "Notes": """
        notes | note | comments | comment | remarks | further information | additional information |
        other information
    """,
    "Generic Job Title": """
        generic job title
    """,
    "Number of Posts in FTE": """
        number of posts in fte | number of posts | posts in fte
    """,
    "Reporting Senior Post": """
        reporting senior post
    """,
}
