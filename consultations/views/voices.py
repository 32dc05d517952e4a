"""How people's words are attributed, and what may be quoted of them."""

from consultations.models import Contribution, Visibility


def attribution(contribution: Contribution) -> str:
    """Who said it, as far as it may be known: the organisation by its name, everybody else under a pseudonym."""
    return contribution.response.organisation or contribution.participant.pseudonym


def may_be_quoted(contribution: Contribution) -> bool:
    """Did its author allow it (or is it shown to everybody anyway), and does it still stand?"""
    if contribution.state not in Contribution.State.standing() or not contribution.text:
        return False
    question = contribution.question
    if question is not None and question.visibility == Visibility.CONFIDENTIAL:
        return False
    public = (
        contribution.kind != Contribution.Kind.ANSWER and contribution.state == Contribution.State.PUBLISHED
    )
    return public or contribution.response.may_quote
