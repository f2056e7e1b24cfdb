"""England's bank holidays as data, from a library that others keep up to date."""

from visitor_register.domain.calendar import BankHolidays

# What the library knows of England; it invents nothing for years outside.
FIRST_YEAR, LAST_YEAR = 1990, 2099


def england(years: range) -> BankHolidays:
    """Name England's bank holidays of these years, one-off ones included, weekends left out.

    Shape: day -> name, where a substitute day is marked as such. Years the library does not know
    are left out of `years`, so that nobody counts on them.
    Source: "Monday to Friday less England bank holidays", our default for P2, P5, P10, P11.
    """
    # Late: it takes 0.1 s, and most starts of the program never ask.
    import holidays

    known = range(max(years.start, FIRST_YEAR), min(years.stop, LAST_YEAR + 1))
    # Without years the library would answer none, and without a language in the computer's own.
    found = holidays.country_holidays("GB", subdiv="ENG", years=list(known), language="en_GB")
    names = {
        day: name.replace("(observed)", "(substitute day)") for day, name in sorted(found.items()) if day.weekday() < 5
    }
    return BankHolidays(names, known)
