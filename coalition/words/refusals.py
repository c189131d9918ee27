"""The sentence that tells each refusal: what happened, what was kept, what to do."""

from coalition.domain.ground.errors import CoalitionError
from coalition.words import (
    comments,
    effect,
    joining,
    meetings,
    objections,
    people,
    round_life,
    sheets,
    sign_ins,
    suggestions,
)
from coalition.words.speech import mark, t

GROUND = {
    "permission.missing": mark("Your role does not include this. Nothing was changed."),
    "permission.sign_in": mark("Please sign in first. Nothing was changed."),
    "text.missing": mark("{field}: please fill this in."),
    "text.too_long": mark("{field}: {length} characters, and the limit is {limit}."),
    "text.unreadable": mark(
        "{field}: this holds invisible control characters. Type it again or paste it as plain text."
    ),
    "moment.zone_unknown": mark("{zone} is not a time zone we know, such as America/New_York."),
    "moment.skipped": mark("On {day} the clocks jump over {hour}. Please choose another hour."),
    "moment.twice": mark(
        "On {day} the clocks show {hour} twice. Please choose an hour that comes only once."
    ),
}
STORE = {
    "database.busy": mark(
        "The table is busy with another change. Nothing was changed; please try again."
    ),
    "database.read_only": mark(
        "The database can only be read at the moment. Nothing was changed. Whoever runs the "
        "table can give the database file and its folder write permission."
    ),
    "database.full": mark(
        "The disk is full. Nothing was changed. Whoever runs the table can make room and retry."
    ),
    "database.unreachable": mark(
        "The database does not answer. Nothing was changed. Whoever runs the table can check "
        "COALITION_DATABASE_URL and that the database server runs."
    ),
    "database.unknown": mark(
        "COALITION_DATABASE_URL names no database this program knows. Nothing was changed. It "
        "begins with sqlite:/// and a path, or with postgresql+psycopg://."
    ),
    "database.damaged": mark(
        "The database file is damaged, or is no database. Nothing was changed. Whoever runs the "
        "table can keep a copy of it and restore the latest backup."
    ),
    "database.newer": mark(
        "The database was made by a newer version of this program. Nothing was changed. "
        "Install the newer version, or restore the backup made before the upgrade."
    ),
    "database.unmigrated": mark(
        "The database is not set up for this version. Nothing was changed. "
        "Run: python -m coalition migrate"
    ),
    "database.already_there": mark(
        "Somebody was first: this exists already. Nothing was changed. Please look again."
    ),
    "database.history_kept": mark("The record is kept as it was written. Nothing was changed."),
}
PEOPLE: dict[str, str] = {
    # the door: accounts, sessions, passwords
    "calendar.unknown": mark(
        "No calendar lies at this address: it was renewed or taken away. Nothing was changed."
    ),
    "notice.unsubscribe": mark(
        "This link does not open here: it was altered, or belongs to another table. Nothing was "
        "changed."
    ),
    "notice.quiet_days": mark(
        "{field}: at least one day of the week must stay. To hear nothing, choose never for each "
        "kind. Nothing was changed."
    ),
    "attempt.wait": mark("Too many tries. Please wait {minutes} min and try again."),
    "sign_in.refused": mark("This e-mail address and password do not go together."),
    "sign_in.ticket": mark("This sign-in took too long or was used already. Please sign in again."),
    "session.not_found": mark("This session has ended already."),
    "account.email_invalid": mark("{field}: this is not an address that mail can reach."),
    "account.email_taken": mark("Somebody here has this e-mail address already."),
    "account.email_looks_alike": mark(
        "{field}: this looks like {email}, who is here already, but is written with other letters. "
        "No account was made. Please ask the person how their address is spelt."
    ),
    "account.not_found": mark("There is no such account."),
    "account.inactive": mark("This account was closed. An administrator can open it again."),
    "account.own": mark("You cannot close your own account or change your own role."),
    "account.last_administrator": mark(
        "This is the last administrator. Make somebody else administrator first."
    ),
    "account.administrator_there": mark(
        "This table has an administrator already, who can make others."
    ),
    "account.role_not_yours": mark("Only an administrator can do this for such an account."),
    "invitation.unknown": mark(
        "This link does not open anything. Check that it is complete, or ask for a new one."
    ),
    "invitation.used": mark(
        "This link was used already, or a newer one took its place. You can sign in, or ask for "
        "a new link."
    ),
    "invitation.expired": mark("This link is too old. Please ask for a new one."),
    "password.short": mark(
        "{field}: at least {least} characters, please. A short sentence is good."
    ),
    "password.long": mark("{field}: at most {most} characters, please."),
    "password.common": mark("{field}: this is among the first that anybody would guess."),
    "password.tells_name": mark("{field}: it may not hold the name of your e-mail address."),
    "password.familiar": mark(
        "{field}: without the names that everybody here knows, too little of it is left. "
        "Add a few words."
    ),
    "password.wrong": mark("{field}: this is not your present password."),
}
DELIBERATION = {
    "proposal.not_found": mark("We found no such proposal, or it is still somebody's draft."),
    "proposal.changed": mark(
        "Somebody saved {reference} while you were writing. Nothing was overwritten, and what you "
        "typed is kept. Look at what they changed, then save yours or show theirs."
    ),
    "proposal.fixed": mark(
        "{reference} is past the stage where this can be done. Nothing was changed."
    ),
    "proposal.unfinished": mark("{field}: members need this to decide. Please fill it in."),
    "proposal.not_yours": mark(
        "Only the organisation that champions {reference}, or a convener, can do this."
    ),
    "proposal.pillar_twice": mark("{field}: the main pillar is already chosen above."),
    "round.not_found": mark("We found no such round."),
    "round.not_open": mark("This round has not opened yet. Nothing was recorded."),
    "round.closed": mark(
        "This round has closed, so nothing was recorded. What your organisation said before stands."
    ),
    "round.already_open": mark("{reference} has a round that has not ended. End it first."),
    "round.empty_roll": mark(
        "No organisation may vote yet, so no round can open. Add one with a voting right first."
    ),
    "round.closes_in_the_past": mark("{field}: this time has passed. Please choose a later one."),
    "round.closes_before_opening": mark("{field}: the close must come after the opening."),
    "round.window_too_short": mark(
        "{field}: this rule needs at least {hours} hours between opening and close."
    ),
    "round.extension_shortens": mark(
        "{field}: an extension must end later than the close in force."
    ),
    "round.urgency_unexplained": mark("{field}: this rule needs a reason why it cannot wait."),
    "round.not_everyone_heard": mark(
        "Not yet: {missing} on the roll have not answered. Closing early needs everyone."
    ),
    "round.window_running": mark(
        "Not yet: this rule needs {hours} hours before it can close early."
    ),
    "round.not_decided": mark("There is no result to publish yet."),
    "round.rule_missing": mark("{field}: please choose a rule."),
    "round.not_ready": mark(
        "{field}: this is missing. Nothing was opened. Fill it in on the proposal, or say why "
        "the round can open without it."
    ),
    "disclosure.missing": mark("{field}: please answer this first. Nothing was recorded yet."),
    "disclosure.statement_missing": mark(
        "{field}: please say which interest, in a sentence or two. Nothing was recorded yet."
    ),
    "disclosure.contradicted": mark(
        "{field}: only an organisation that recuses itself can answer so, and one that does "
        "must. Nothing was recorded yet."
    ),
    "data.malformed": mark("This cannot be read at {field}. Nothing was changed."),
    "rule.malformed": mark("The rule cannot be read at {field}. Nothing was changed."),
    "case.malformed": mark("The count cannot be read at {field}. Nothing was changed."),
    "ballot.stance_missing": mark("{field}: please choose one. Nothing was recorded."),
    "ballot.stance_not_offered": mark(
        "{field}: this round does not offer that. Nothing was recorded."
    ),
    "ballot.reason_missing": mark(
        "{field}: an objection and a recusal need a reason. Nothing was recorded yet."
    ),
    "ballot.authority_missing": mark(
        "{field}: please say that you may speak for your organisation. Nothing was recorded yet."
    ),
    "ballot.text_moved": mark(
        "The text of this round is version {version}, not the one your form showed. "
        "Nothing was recorded. Read it again, then record your stance."
    ),
    "ballot.somebody_answered": mark(
        "Your organisation has answered since you opened this page. Nothing was replaced. "
        "Look at that answer, then confirm if you want to replace it."
    ),
    "ballot.not_on_the_roll": mark(
        "Your organisation was not on the roll when this round opened, so it has no ballot here."
    ),
    "ballot.seat_missing": mark(
        "You hold no current seat of an organisation, so you cannot speak for one here."
    ),
    "ballot.nothing_to_withdraw": mark("Your organisation has no ballot to withdraw here."),
    "passage.gone": mark(
        "{field}: the text does not say this, word for word. It may have changed since. Copy the "
        "passage from the text as it stands now. Nothing was sent yet."
    ),
    "passage.ambiguous": mark(
        "{field}: the text says this more than once. Copy a few words more, so that it is clear "
        "which one you mean. Nothing was sent yet."
    ),
    "preset.unknown": mark("There is no such rule to choose from."),
    "ballot.receipt_unknown": mark("We found no ballot with that receipt."),
}
TABLE: dict[str, str] = {
    "table.database_missing": mark(
        "There is no database at {path}. Check COALITION_DATABASE_URL, or make one: "
        "python -m coalition serve (or init, for a table of your own)."
    ),
    "table.missing": mark(
        "The database holds no table yet. Make one: python -m coalition init, "
        "or python -m coalition demo for the demonstration."
    ),
    "table.exists": mark("There is a table here already. Nothing was changed."),
    "table.own": mark("This is a table of your own, not the demonstration. Nothing was removed."),
    "table.own_rows": mark(
        "Somebody has added rows of their own to the demonstration ({rows}). Nothing was removed. "
        "Make a backup, then delete the database by hand if you are sure."
    ),
    "backup.exists": mark("{path} exists. A backup overwrites nothing; choose another name."),
    "backup.folder_missing": mark("Nothing can be written to {path}. Choose another folder."),
    "backup.elsewhere": mark(
        "This table lies in PostgreSQL. Back it up with: "
        "pg_dump --format=custom --file=FILE DATABASE"
    ),
    "forget.unknown": mark(
        "Nobody goes by that. Give an e-mail address, account:NUMBER, or the code of an inquiry."
    ),
    "report.month_ahead": mark(
        "{month} has not begun, so there is nothing to tell of it. No report was made."
    ),
    "table.folder_missing": mark("The folder {path} does not exist and cannot be made."),
}
SENTENCES = GROUND | sheets.REFUSALS | STORE | PEOPLE | people.REFUSALS | DELIBERATION | TABLE
SENTENCES |= effect.REFUSALS
SENTENCES |= joining.REFUSALS
SENTENCES |= meetings.REFUSALS
SENTENCES |= suggestions.REFUSALS
SENTENCES |= comments.REFUSALS
SENTENCES |= objections.REFUSALS
SENTENCES |= round_life.REFUSALS
SENTENCES |= sign_ins.REFUSALS


def refusal(error: CoalitionError) -> str:
    """Return the sentence for ``error`` in the language spoken."""
    return t(SENTENCES[error.code], **error.facts)
