"""Who may comment, and when: role and moment. Proposing and supporting are the hall's to say."""

from datetime import datetime
from typing import Any

from consultations.models import Contribution
from consultations.permissions import may_take_part


def is_open_for_comments(contribution: Contribution, now: datetime) -> bool:
    """Is it an idea or a comment that everybody can read, in a consultation and a phase that are open?"""
    shown = contribution.state == Contribution.State.PUBLISHED and contribution.may_publish
    talked_about = contribution.kind in (Contribution.Kind.IDEA, Contribution.Kind.COMMENT)
    if not shown or not talked_about or not contribution.consultation.is_open(now):
        return False
    question = contribution.question
    return question is None or question.phase.is_open(now)


def can_comment(person: Any, contribution: Contribution, now: datetime) -> bool:
    """May this person comment on it now?"""
    return is_open_for_comments(contribution, now) and may_take_part(person, contribution.consultation)
