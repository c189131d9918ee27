"""The audit trail in words: what each action was, and what it was done to."""

from coalition.words.speech import mark, t

ACTIONS = {
    "account.reset_asked": mark("Asked for a new password by mail"),
    "notices.chosen": mark("Chose how to be told"),
    "notices.unsubscribed": mark("Stopped mails by the link in one"),
    "calendar.given": mark("Made a calendar address"),
    "calendar.taken": mark("Took a calendar address away"),
    "absence.said": mark("Said to be away"),
    "absence.ended": mark("Came back"),
    "account.begun": mark("Set the first password"),
    "account.deactivated": mark("Closed an account"),
    "account.erased": mark("Erased a person"),
    "account.invited": mark("Invited somebody"),
    "account.link_renewed": mark("Made a new sign-in link"),
    "account.password_changed": mark("Changed the password"),
    "account.password_replaced": mark("Replaced the password by a link"),
    "account.preferences_saved": mark("Saved language or time zone"),
    "account.reactivated": mark("Opened an account again"),
    "account.role_changed": mark("Changed a role"),
    "account.signed_out": mark("Ended the sessions of an account"),
    "application.accepted": mark("Accepted an application"),
    "application.begun": mark("Made an application of an inquiry"),
    "application.moved": mark("Moved an application"),
    "application.refused": mark("Declined an application"),
    "application.screened": mark("Answered the joining checklist"),
    "ballot.cast": mark("Recorded a ballot"),
    "ballot.recorded": mark("Recorded a position for an organisation"),
    "ballot.withdrawn": mark("Withdrew a ballot"),
    "clearance.ended": mark("Ended a review"),
    "clearance.marked": mark("Said that an organisation is reviewing"),
    "comment.edited": mark("Edited a comment"),
    "comment.reacted": mark("Reacted to a comment"),
    "comment.removed": mark("Removed a comment"),
    "comment.taken_back": mark("Took a comment back"),
    "comment.written": mark("Wrote a comment"),
    "decision.superseded": mark("Marked a decision as superseded"),
    "disclosure.made": mark("Said whether there is an interest"),
    "dissent.attached": mark("Attached a dissent to a decision"),
    "dissent.withdrawn": mark("Took a dissent back"),
    "inquiry.answered": mark("Answered an inquiry"),
    "inquiry.assigned": mark("Took an inquiry"),
    "inquiry.erased": mark("Erased an inquiry"),
    "inquiry.noted": mark("Wrote a note on an inquiry"),
    "inquiry.sent": mark("Sent an inquiry"),
    "inquiry.state_set": mark("Set the state of an inquiry"),
    "inquiry.withdrawn": mark("Withdrew an inquiry"),
    "interest.declared": mark("Declared an interest"),
    "interest.ended": mark("Ended an interest"),
    "objection.answered": mark("Answered an objection"),
    "objection.met": mark("Said that a version meets an objection"),
    "objection.named": mark("Said whether an objector may be named"),
    "objection.owned": mark("Took on an objection"),
    "objection.raised": mark("Raised an objection"),
    "objection.reopened": mark("Said that an answer does not remove an objection"),
    "objection.withdrawn": mark("Took an objection back"),
    "onboarding.buddy_set": mark("Named a buddy for a new organisation"),
    "onboarding.practised": mark("Did the practice vote"),
    "organisation.added": mark("Added an organisation"),
    "organisation.described": mark("Changed what its organisation says of itself"),
    "organisation.edited": mark("Edited an organisation"),
    "organisation.imported": mark("Imported an organisation"),
    "organisation.left": mark("Noted that an organisation left"),
    "organisation.status_set": mark("Set whether an organisation takes part"),
    "outcome.stated": mark("Stated what followed from a decision"),
    "preset.added": mark("Added a version of a rule"),
    "proposal.champion_set": mark("Named a champion"),
    "proposal.drafted": mark("Began a draft"),
    "proposal.edited": mark("Edited a draft"),
    "proposal.imported": mark("Imported a proposal"),
    "proposal.submitted": mark("Submitted a proposal"),
    "proposal.supplemented": mark("Filled in what was missing"),
    "proposal.withdrawn": mark("Withdrew a proposal"),
    "review.announced": mark("Announced that a review is due"),
    "roll.added": mark("Added an organisation to a roll"),
    "roll.removed": mark("Took an organisation off a roll"),
    "round.cancelled": mark("Cancelled a round"),
    "round.clock_restarted": mark("Restarted the clock of a last call"),
    "round.clock_stopped": mark("Stopped the clock of a last call"),
    "round.closed_early": mark("Closed a round early"),
    "round.extended": mark("Gave a round more time"),
    "round.opened": mark("Opened a round"),
    "round.published": mark("Published a result"),
    "screening.added": mark("Added an item to the joining checklist"),
    "screening.edited": mark("Changed an item of the joining checklist"),
    "seat.appointed": mark("Appointed a delegate"),
    "seat.ended": mark("Ended a delegate's time"),
    "seat.reordered": mark("Changed the order of alternates"),
    "second_factor.begun": mark("Began to set up a second factor"),
    "second_factor.code_spent": mark("Signed in with a recovery code"),
    "second_factor.codes_renewed": mark("Made new recovery codes"),
    "second_factor.confirmed": mark("Turned a second factor on"),
    "second_factor.ended": mark("Ended a second factor"),
    "second_factor.reset": mark("Reset a second factor"),
    "session.begun": mark("Signed in"),
    "session.ended": mark("Signed out"),
    "session.locked": mark("Locked out after many tries"),
    "session.vouched": mark("Was named by the sign-in provider"),
    "sign_in.policy_set": mark("Set what signing in asks for"),
    "suggestion.answered": mark("Answered a suggested change"),
    "suggestion.applied": mark("Took suggested changes into the text"),
    "suggestion.made": mark("Suggested a change"),
    "suggestion.promoted": mark("Made a proposal of a declined suggestion"),
    "suggestion.withdrawn": mark("Withdrew a suggested change"),
    "table.demonstration_loaded": mark("Loaded the demonstration"),
    "table.founded": mark("Made the table"),
    "table.swept": mark("Erased what was kept long enough"),
    "template.dropped": mark("Dropped a reply template"),
    "template.saved": mark("Saved a reply template"),
    "verdict.frozen": mark("Froze a verdict"),
    "version.contested": mark("Contested the mark of a version"),
    "version.written": mark("Wrote a version of a text"),
}
KINDS = {
    "account": mark("account"),
    "comment": mark("comment"),
    "inquiry": mark("inquiry"),
    "objection": mark("objection"),
    "organisation": mark("organisation"),
    "preset": mark("rule"),
    "proposal": mark("proposal"),
    "round": mark("round"),
    "screening": mark("checklist item"),
    "seat": mark("seat"),
    "session": mark("session"),
    "table": mark("table"),
    "template": mark("reply template"),
}
NOBODY = {
    "public": mark("a visitor"),
    "clock": mark("the deadline"),
    "operator": mark("the command line"),
    "": mark("not shown while results are hidden"),
}


def action(code: str) -> str:
    """Return what was done; the code itself where this version does not know it."""
    return t(ACTIONS.get(code, code))


def subject(label: str) -> str:
    """Return what it was done to: ``round 12`` for ``round:12``."""
    kind, _, number = label.partition(":")
    if not kind:
        return t(NOBODY[""])
    return f"{t(KINDS.get(kind, kind))} {number}".strip()


def actor(label: str, name: str) -> str:
    """Return who did it: the account's number with its name if one is known, or what acted."""
    kind, _, number = label.partition(":")
    if kind in NOBODY:
        return t(NOBODY[kind])
    return f"{number} · {name}" if name else t("{number} · erased", number=number)
