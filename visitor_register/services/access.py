"""Who may do what. Every service that is not for everybody asks here first."""

from collections.abc import Collection

from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError

ROLE_WORDS = {
    Role.RECEPTION: "reception",
    Role.OFFICE: "the office",
    Role.DSL: "the DSL",
    Role.HEAD: "the head",
    Role.AUDITOR: "the auditor",
}


def require(operator: Operator, roles: Collection[Role]) -> None:
    """Let only these roles pass.

    Raises:
        NotAllowedError: says who may, so that the desk knows whom to ask.
    """
    if operator.role not in roles:
        words = [ROLE_WORDS[role] for role in Role if role in roles]
        who = " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
        raise NotAllowedError(f"Only {who} can do this. Ask one of them to sign in.")
