"""Errors that can be explained to a person. Anything else is a bug."""


class RegisterError(Exception):
    """Something went wrong that a person can understand and act on.

    The text is one or two plain sentences: what happened, and what to do next. It is shown as it
    stands, so it never holds a path of ours, a class name or a child's details.
    """


class NotAllowedError(RegisterError):
    """The person at the desk has not the role that this needs."""


class AnswerMissingError(RegisterError):
    """A question was not answered; "no, because ..." would be an answer."""


class FileRefusedError(RegisterError):
    """A file from outside cannot be read as what it should be. Says what to do instead."""


class MailNotSentError(RegisterError):
    """A message did not go. Says what the mail server, or the lack of one, said to that."""


class NotSavedError(RegisterError):
    """The register could not be written. Nothing is lost that was shown as saved."""


class RegisterInUseError(RegisterError):
    """Another program holds the register open."""


class WrongPasswordError(RegisterError):
    """That password, or recovery code, opens nothing here."""


class RegisterDamagedError(RegisterError):
    """The register's files cannot be what this program wrote last."""


class NewerRegisterError(RegisterError):
    """The register was written by a newer version of the program."""
