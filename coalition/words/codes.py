"""The words that stand for stored codes. What is stored never changes with the language."""

from coalition.words.speech import mark, t

STANCES = {
    "support": mark("Support"),
    "support_with_reservations": mark("Support with reservations"),
    "abstain": mark("Abstain"),
    "stand_aside": mark("Stand aside"),
    "object": mark("Object"),
    "recused": mark("Recused"),
    "missing": mark("Not heard from"),
    "withdrawn": mark("Withdrawn"),
}
MEANINGS = {
    "support": mark("We agree and will put our name to it."),
    "support_with_reservations": mark("We agree. Our reservation goes on the record."),
    "abstain": mark("We take no side, and we were heard."),
    "stand_aside": mark("We disagree, and we will not stop the others."),
    "object": mark("It must not go forward as it is. You are asked for a reason."),
    "recused": mark("We have a conflict of interest. You are asked for a reason."),
}
OUTCOMES = {
    "adopted": mark("Adopted"),
    "not_adopted": mark("Not adopted"),
    "no_quorum": mark("No quorum"),
    "blocked": mark("Blocked"),
    "pending": mark("No decision"),
    "recirculate": mark("Goes round once more"),
}
PROSPECTS = {  # the same, said of a round that is still open
    "adopted": mark("Would be adopted now"),
    "not_adopted": mark("Not enough support yet"),
    "no_quorum": mark("No quorum yet"),
    "blocked": mark("An objection blocks it"),
    "pending": mark("Not decided yet"),
    "recirculate": mark("An objection sends it round once more"),
}
PILLARS = {
    "coverage": mark("Coverage"),
    "access": mark("Access"),
    "research": mark("Research"),
    "equity": mark("Equity"),
}
PILLAR_MEANINGS = {
    "coverage": mark("Insurance that pays for the care and support people need."),
    "access": mark("Getting the right care, test or treatment in time."),
    "research": mark("New knowledge, cures and better results, where they are missing most."),
    "equity": mark("A fair chance at good health, whoever you are and wherever you live."),
}
PERSPECTIVES = {
    "patients": mark("Patients"),
    "providers": mark("Providers"),
    "researchers": mark("Researchers"),
    "employers": mark("Employers"),
    "health_plans": mark("Health plans"),
    "community_leaders": mark("Community leaders"),
}
STAGES = {
    "draft": mark("Draft"),
    "submitted": mark("Submitted"),
    "open": mark("Open"),
    "decided": mark("Decided"),
    "withdrawn": mark("Withdrawn"),
}
STATUSES = {
    "scheduled": mark("Opens later"),
    "open": mark("Open"),
    "closed": mark("Closed"),
    "cancelled": mark("Cancelled"),
}
ROUND_KINDS = {
    "binding": mark("Consensus call"),
    "temperature": mark("Temperature check"),
    "sign_on": mark("Sign-on"),
}
RESULTS = {
    "open": mark("Stances can be seen while it is open"),
    "hidden": mark("Stances stay hidden until it closes"),
}
ROLES = {
    "member": mark("Member"),
    "observer": mark("Observer"),
    "convener": mark("Convener"),
    "administrator": mark("Administrator"),
}
INTERESTS = {
    "none": mark("No"),
    "takes_part": mark("Yes, and we take part"),
    "recuses": mark("Yes, and we recuse ourselves"),
}
INTEREST_MEANINGS = {
    "none": mark("Nothing of ours depends on it."),
    "takes_part": mark("We say which, and answer all the same."),
    "recuses": mark("We leave the count, with our reason on the record."),
}
READINESS = {
    "summary": mark("Plain summary"),
    "patient_line": mark("What this means for a patient"),
    "equity_note": mark("Equity note"),
    "sources": mark("Sources"),
    "heard": mark("Someone affected was heard"),
    "interests": mark("Champion asked for its interests"),
    "translation": mark("Spanish summary, read over"),
}
CAPACITIES = {
    "primary": mark("Primary delegate"),
    "alternate": mark("Alternate delegate"),
    "recorded": mark("Recorded by a convener"),
}
ASK_TYPES = {
    "support_bill": mark("Support a bill"),
    "oppose_bill": mark("Oppose a bill"),
    "cosponsor": mark("Cosponsor a bill"),
    "comment_on_rule": mark("Comment on a rule"),
    "agency_guidance": mark("Agency guidance"),
    "enforcement": mark("Enforcement"),
    "appropriations_request": mark("Money in a budget"),
    "reauthorization": mark("Renewal of a programme"),
    "coverage_determination": mark("Coverage decision"),
    "implementation": mark("Carrying out a law"),
    "request_meeting": mark("Ask for a meeting"),
    "join_brief": mark("Join a court brief"),
}
INSTRUMENTS = {
    "bill": mark("Bill"),
    "resolution": mark("Resolution"),
    "rule": mark("Rule"),
    "docket": mark("Docket"),
    "guidance": mark("Guidance"),
    "law": mark("Law"),
    "appropriation": mark("Budget bill"),
    "coverage_request": mark("Coverage request"),
    "court_brief": mark("Court brief"),
}


def stance(code: str) -> str:
    """Return the word for a stance, or for ``missing`` and ``withdrawn``."""
    return t(STANCES[code])


def meaning(code: str) -> str:
    """Return what choosing a stance means, in one sentence."""
    return t(MEANINGS[code])


def outcome(code: str) -> str:
    """Return the word for the verdict of a closed round."""
    return t(OUTCOMES[code])


def prospect(code: str) -> str:
    """Return what the rule would say if an open round closed as it stands."""
    return t(PROSPECTS[code])


def pillar(code: str) -> str:
    """Return the name of a pillar."""
    return t(PILLARS[code])


def perspective(code: str) -> str:
    """Return whose view it is."""
    return t(PERSPECTIVES[code])


def pillar_meaning(code: str) -> str:
    """Return what a pillar is about, in one sentence."""
    return t(PILLAR_MEANINGS[code])


def stage(code: str) -> str:
    """Return the word for a proposal's stage."""
    return t(STAGES[code])


def status(code: str) -> str:
    """Return the word for where a round is by the clock."""
    return t(STATUSES[code])


def round_kind(code: str) -> str:
    """Return the word for a kind of round."""
    return t(ROUND_KINDS[code])


def results(code: str) -> str:
    """Return what a round's visibility means, in words."""
    return t(RESULTS[code])


def role(code: str) -> str:
    """Return the word for a role."""
    return t(ROLES[code])


def interest(code: str) -> str:
    """Return an answer to whether there is an interest."""
    return t(INTERESTS[code])


def interest_meaning(code: str) -> str:
    """Return what follows from that answer, in one sentence."""
    return t(INTEREST_MEANINGS[code])


def readiness(code: str) -> str:
    """Return the name of an item of the checklist before a round."""
    return t(READINESS[code])


def capacity(code: str) -> str:
    """Return in what capacity somebody acts for a seat."""
    return t(CAPACITIES[code])


def ask_type(code: str) -> str:
    """Return the word for a type of ask; "" for none."""
    return t(ASK_TYPES[code]) if code else ""


def instrument(code: str) -> str:
    """Return the word for a type of instrument; "" for none."""
    return t(INSTRUMENTS[code]) if code else ""
