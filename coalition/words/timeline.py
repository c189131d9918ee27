"""The timeline in words: a sentence for each event, made from its codes and numbers."""

from datetime import date

from coalition.domain.deliberation.rounds import COUNTS, RoundKind
from coalition.domain.table.timelines import Event, Kind, Opening, What
from coalition.words import codes, moments, objections, round_life
from coalition.words.rules import preset_name
from coalition.words.speech import mark, t, tn

KINDS = {
    Kind.PROPOSAL: mark("Proposal"),
    Kind.TEXT: mark("Text"),
    Kind.SUGGESTION: mark("Suggestion"),
    Kind.OBJECTION: mark("Objection"),
    Kind.ROUND: mark("Round"),
    Kind.STANCE: mark("Answer"),
    Kind.INTEREST: mark("Interest"),
    Kind.DECISION: mark("Decision"),
    Kind.DISCUSSION: mark("Discussion"),
}
SENTENCES = {
    What.SUBMITTED: mark("{person} put the proposal to the table, as text version {version}"),
    What.WITHDRAWN: mark("{person} withdrew the proposal"),
    What.EDITORIAL: mark("{person} made version {version}, marked editorial"),
    What.SUBSTANTIVE: mark("{person} made version {version}, which changes what is asked"),
    What.CONTESTED: mark(
        "{organisation} contested that version {version} is editorial: it changes what is asked"
    ),
    What.SUGGESTED: mark("{author} suggested a change to version {version}"),
    What.ACCEPTED: mark("{person} accepted the change that {author} suggested"),
    What.ACCEPTED_IN_PART: mark("{person} accepted in part the change that {author} suggested"),
    What.DECLINED: mark("{person} declined the change that {author} suggested"),
    What.APPLIED: mark("The change that {author} suggested went into version {version}"),
    What.OBJECTED: mark("{organisation} raised an objection to version {version}: {severity}"),
    What.REOPENED: mark("{organisation} said that the answer does not remove its objection"),
    What.OBJECTION_ANSWERED: mark("{person} answered the objection of {organisation}"),
    What.OBJECTION_WITHDRAWN: mark("{organisation} withdrew its objection"),
    What.OBJECTION_MET: mark("The objection of {organisation} is met by version {version}"),
    What.UPHELD: mark("The objection of {organisation} was upheld"),
    What.OVERRIDDEN: mark("The objection of {organisation} was overridden by a second vote"),
    What.SCHEDULED: mark("A round was planned on version {version}, to open {until}: {round}"),
    What.WAIVED: mark("A round was opened without this item of the checklist: {item}"),
    What.OPENED: mark("A round opened on version {version} for {roll}, until {until}: {round}"),
    What.EXTENDED: mark("The round was extended until {until}"),
    What.STOPPED: mark("An objection stopped the clock of the round"),
    What.RESTARTED: mark("The clock of the round started again; it closes {until}"),
    What.ADDED: mark("{organisation} was added to the roll"),
    What.REMOVED: mark("{organisation} was taken off the roll"),
    What.CANCELLED: mark("The round was cancelled"),
    What.CLOSED_EARLY: mark("The round was closed early: everyone was heard"),
    What.CLOSED: mark("The round closed by its deadline"),
    What.GIVEN: mark("{organisation} answered {stance} on version {version}"),
    What.CHANGED: mark("{organisation} changed from {before} to {stance} on version {version}"),
    What.CONFIRMED: mark("{organisation} confirmed {stance} on version {version}"),
    What.REPEATED: mark("{organisation} answered {stance} again on version {version}"),
    What.TAKEN_BACK: mark("{organisation} withdrew its answer, which was {before}"),
    What.RECORDED: mark(
        "{person} recorded {stance} for {organisation} on version {version}. Told: {channel}"
    ),
    What.REVIEWING: mark("{organisation} said that its board reviews it and answers by {until}"),
    What.REVIEW_ENDED: mark("{organisation} said that its review is over"),
    What.INTERESTED: mark("{organisation} said that it has an interest in this"),
    What.NO_INTEREST: mark("{organisation} said that it has no interest in this"),
    What.VERDICT: mark("Verdict: {outcome}"),
    What.PUBLISHED: mark("The result was published"),
    What.MINORITY: mark("{organisation} attached a minority statement"),
    What.DISSOCIATED: mark("{organisation} left the adopted position"),
    What.MINORITY_ENDED: mark("{organisation} took its minority statement back"),
    What.DISSOCIATION_ENDED: mark("{organisation} came back to the adopted position"),
    What.STATED: mark("{person} stated what followed from the decision"),
    What.SUPERSEDED: mark("The decision on {other} took the place of this one"),
    What.SUPERSEDES: mark("The decision here took the place of the one on {other}"),
}


def kind(code: Kind) -> str:
    """Return the word for a kind of event."""
    return t(KINDS[code])


def sentence(one: Event, zone: str) -> str:
    """Return what happened as one plain sentence, without a full stop."""
    told = one.facts
    if one.what is What.THREAD:
        return tn(
            "{author} began a thread, now of {n} comment",
            "{author} began a thread, now of {n} comments",
            told.n,
            author=_author(one),
        )
    return t(
        SENTENCES[one.what],
        person=one.person or t("Somebody"),
        author=_author(one),
        organisation=one.organisation,
        version=told.version,
        until=moments.when(told.until, zone) if told.until else "",
        other=told.other,
        **_coded(one),
    )


def more(one: Event) -> str:
    """Return what else is to be known of an event, in plain words; "" for most."""
    code = one.facts.code
    if one.facts.opening:
        return _terms(one.facts.opening)
    if one.what is What.SUGGESTED and code == "withdrawn":
        return t("It was taken back since.")
    if one.what is What.STATED and code:
        return t("To be looked at again on {day}.", day=moments.date_only(date.fromisoformat(code)))
    return ""


def _author(one: Event) -> str:
    """Return for whom somebody spoke, or who they are where they spoke for nobody."""
    alone = one.what in {What.SUGGESTED, What.THREAD}
    return one.organisation or (one.person if alone else "") or t("a person without a seat")


def _coded(one: Event) -> dict[str, str]:
    """Return the words for the codes that this kind of event has."""
    told = one.facts
    found: dict[str, str] = {}
    if one.kind is Kind.STANCE and told.code:
        found = {"stance": codes.stance(told.code)}
        found["before"] = codes.stance(told.before) if told.before else ""
        found["channel"] = round_life.channel(told.via) if told.via else ""
    elif one.kind is Kind.OBJECTION:
        found["severity"] = objections.severity(told.code)
    elif one.what is What.WAIVED:
        found["item"] = codes.readiness(told.code)
    elif one.what is What.VERDICT:
        found["outcome"] = codes.outcome(told.code)
    if told.opening:
        found["round"] = _round(told.opening)
        found["roll"] = tn("{n} organisation", "{n} organisations", told.n)
    return found


def _round(opening: Opening) -> str:
    told = codes.round_kind(opening.kind)
    if opening.kind is not RoundKind.BINDING:
        return told
    return t("{kind}, rule “{rule}”", kind=told, rule=preset_name(opening.preset))


def _terms(opening: Opening) -> str:
    if opening.kind is not RoundKind.BINDING:
        return ""
    terms = opening.terms
    carried = (
        t("Answers given on an earlier text count.")
        if terms.unconfirmed == COUNTS
        else t("Answers given on an earlier text count only once confirmed.")
    )
    recorded = (
        t("Answers recorded by a convener count.")
        if terms.recorded == COUNTS
        else t("Answers recorded by a convener count only once confirmed.")
    )
    why = t("Why it could not wait: {why}", why=terms.urgency) if terms.urgency else ""
    return " ".join(filter(None, (carried, recorded, why)))
