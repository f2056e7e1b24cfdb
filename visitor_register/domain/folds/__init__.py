"""One fold per kind of subject: its entries in order in, how it stands now out."""

from collections.abc import Callable, Iterable

from visitor_register.domain import assurance, bookings, directory, events, people, school, visits
from visitor_register.domain import contacts as of_contacts
from visitor_register.domain.folds import booking, chart, contacts, dsl, lists, person, visit

Fold = Callable[[Iterable[events.Entry]], list[object]]

FOLD_OF: dict[type, Fold] = {
    events.PersonListed: person.fold,
    events.PersonLeftChart: person.fold,
    events.PersonNeverListed: person.fold,
    events.PersonEdited: person.fold,
    events.PersonRecorded: person.fold,
    events.CodeBound: person.fold,
    events.CodeConfirmed: person.fold,
    events.CodeWithdrawn: person.fold,
    events.SamePersonFound: chart.fold_same_person,
    events.SamePersonWithdrawn: chart.fold_same_person,
    events.ChartAccepted: chart.fold_version,
    events.ChartWasSigned: chart.fold_version,
    events.ChartUndone: chart.fold_version,
    events.CouncilKeyPinned: chart.fold_key,
    events.CouncilKeyWithdrawn: chart.fold_key,
    events.PostListed: chart.fold_post,
    events.PostEdited: chart.fold_post,
    events.PostRemoved: chart.fold_post,
    events.Arrived: visit.fold,
    events.ArrivalUndone: visit.fold,
    events.ArrivalCorrected: visit.fold,
    events.Left: visit.fold,
    events.PutBack: visit.fold,
    events.LeavingUnknown: visit.fold,
    events.CalledBack: visit.fold,
    events.DslTold: visit.fold,
    events.HostTold: visit.fold,
    events.EntryDeclined: visit.fold,
    events.Reviewed: visit.fold,
    events.Booked: booking.fold,
    events.BookingChanged: booking.fold,
    events.BookingCancelled: booking.fold,
    events.DidNotCome: booking.fold,
    events.PassIssued: booking.fold_pass,
    events.PassWithdrawn: booking.fold_pass,
    events.SealedForDsl: booking.fold,
    events.SealMoved: booking.fold,
    events.SettingChanged: lists.fold_setting,
    events.LetterFiled: lists.fold_letter,
    events.LetterReplaced: lists.fold_letter,
    events.NumberPublished: lists.fold_number,
    events.NumberWithdrawn: lists.fold_number,
    events.OperatorAdded: lists.fold_operator,
    events.ReasonRecorded: dsl.fold_reason,
    events.NotSeen: dsl.fold_reason,
    events.ContactLogged: contacts.fold,
    events.Allocated: contacts.fold,
    events.InformationRequested: contacts.fold,
    events.ClockStopped: contacts.fold,
    events.ClockPaused: contacts.fold,
    events.ClockResumed: contacts.fold,
    events.ClockReopened: contacts.fold,
    events.ClockWithdrawn: contacts.fold,
    events.Escalated: contacts.fold,
    events.EscalationResolved: contacts.fold,
    events.InformationShared: contacts.fold_shared,
    events.Discussed: contacts.fold_discussion,
    events.DiscussionFollowedUp: contacts.fold_discussion,
    events.CourtesyNoted: contacts.fold_courtesy,
}
"""Which fold reads the entries of a subject. Events that only testify (printing, erasing) change no table."""

MAKES: dict[Fold, tuple[type, ...]] = {
    person.fold: (people.Person, people.BadgeCode, directory.HandEdit),
    chart.fold_version: (directory.ChartVersion,),
    chart.fold_key: (directory.CouncilKey,),
    chart.fold_post: (directory.Post, directory.Holding),
    chart.fold_same_person: (directory.SamePerson,),
    visit.fold: (visits.Visit, assurance.CallBack),
    booking.fold: (bookings.Booking, bookings.BookingVisitor),
    lists.fold_setting: (school.Setting,),
    lists.fold_letter: (assurance.Letter,),
    lists.fold_number: (assurance.PublishedNumber,),
    lists.fold_operator: (school.Account,),
    booking.fold_pass: (bookings.Pass,),
    dsl.fold_reason: (dsl.Reason, dsl.Unseen),
    contacts.fold: (of_contacts.Contact, of_contacts.Clock, of_contacts.EscalationStep, of_contacts.EscalationEnd),
    contacts.fold_shared: (of_contacts.Shared,),
    contacts.fold_discussion: (of_contacts.Discussion,),
    contacts.fold_courtesy: (of_contacts.Courtesy,),
}
"""What a fold may put out: the tables that are cleared before its rows are written."""

DSL_ONLY: frozenset[type] = frozenset(
    {
        events.ReasonRecorded,
        events.NotSeen,
        events.ContactLogged,
        events.Allocated,
        events.InformationRequested,
        events.ClockStopped,
        events.ClockPaused,
        events.ClockResumed,
        events.ClockReopened,
        events.ClockWithdrawn,
        events.Escalated,
        events.EscalationResolved,
        events.InformationShared,
        events.Discussed,
        events.DiscussionFollowedUp,
        events.CourtesyNoted,
    }
)
"""Events that may stand only in the DSL's own file."""
