"""The Bookings screen: a week of pre-arranged visits, and the form they are written in."""
