"""The files of the research export, column by column: the data dictionary.

In English whoever asks, like the codes in the cells: data of several tables must read alike.
"""

from dataclasses import dataclass

from coalition.domain.insight.wishes import Grouping


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one file.

    Args:
        kind: ``integer``, ``number``, ``text``, ``code``, ``instant``, ``flag`` or ``json``.
        unit: What a number counts or ranges over; "" where there is none.
    """

    name: str
    kind: str
    unit: str
    meaning: str


C = Column
_ROUND = C("round", "integer", "", "the round; id in rounds.csv")
_REFERENCE = C("reference", "text", "", "the proposal; reference in proposals.csv")
_ORGANISATION = C("organisation", "integer", "", "the organisation; number in organisations.csv")
_COUNTED = "organisations"
_SHARE = "share, 0 to 1"
_AMONG = "among groups of which 3 or more took a place on the scale"

ROUNDS = (
    C("id", "integer", "", "number of the round"),
    C("reference", "text", "", "reference of the proposal it put to the table"),
    C("title", "text", "", "title of the proposal"),
    C("pillar", "code", "", "main pillar of the proposal"),
    C("kind", "code", "", "binding, temperature or sign_on; only a binding one decides"),
    C("status", "code", "", "scheduled, open, closed or cancelled when exported"),
    C("results", "code", "", "open: stances are seen at once; hidden: from the close on"),
    C("stances_shown", "flag", "", "whether its ballots are in ballots.csv; else they are hidden"),
    C(
        "rule",
        "json",
        "",
        "the decision rule frozen at the opening; empty where it decides nothing",
    ),
    C("unconfirmed", "code", "", "whether ballots on an earlier text count: counts or missing"),
    C("recorded", "code", "", "whether ballots entered for an organisation count, likewise"),
    C("roll_size", "integer", _COUNTED, "organisations on the roll in force"),
    C("version", "integer", "", "number of the text in force"),
    C("first_version", "integer", "", "number of the text it opened on"),
    C("substantive_version", "integer", "", "number of the last text that changed what is asked"),
    C("opens_at", "instant", "UTC", "when it opened or will"),
    C("runs_from", "instant", "UTC", "from when the rule's window counts"),
    C("first_closes_at", "instant", "UTC", "its first deadline"),
    C("closes_at", "instant", "UTC", "its deadline, or when it ended; empty while a clock stands"),
    C("ending", "code", "", "closed_early or cancelled; empty where the deadline ruled"),
    C("outcome", "code", "", "what was decided; empty before the close or without a rule"),
    C("reason", "code", "", "the first step of the rule that settled it"),
    C("numbers", "json", "", "the figures the verdict rests on, by name"),
    C(
        "frozen",
        "flag",
        "",
        "whether that is final; until it is, a closed binding round counts as having decided",
    ),
)
BALLOTS = (
    _ROUND,
    _ORGANISATION,
    C("place", "integer", "", "place in the organisation's chain of ballots, 1 is its first"),
    C("stance", "code", "", "one of the six stances, or withdrawn"),
    C("version", "integer", "", "number of the text it was given on"),
    C("cast_at", "instant", "UTC", "when it was cast"),
    C("replaced", "flag", "", "whether a later ballot of the organisation replaced it"),
    C("carried", "flag", "", "whether the ask has changed since, and it is no recusal"),
    C("recorded", "flag", "", "whether a convener entered it for the organisation"),
    C("reasoned", "flag", "", "of objections: whether a reason was given, erased ones included"),
    C("counts", "flag", "", "whether it stands and the terms let it reach the tally"),
)
ORGANISATIONS = (
    C("number", "integer", "", "number of the organisation"),
    C("name", "text", "", "its present name"),
    C("kind", "code", "", "its class at the table"),
    C("status", "code", "", "active, paused or left"),
    C("votes", "flag", "", "whether it has a vote"),
    C("size", "code", "", "small up to 9 paid staff, medium to 49, large; empty: not said"),
    C("region", "code", "", "where it works; empty: not said"),
    C("conditions", "json", "", "list of the health conditions it speaks for, in one spelling"),
    C("perspectives", "json", "", "list of those whose views it speaks from"),
    C("delegate", "flag", "", "whether a delegate can act for it; empty unless active with a vote"),
    C("alternate", "flag", "", "whether an alternate can, likewise"),
)
PROPOSALS = (
    C("reference", "text", "", "reference of the proposal"),
    C("pillar", "code", "", "its main pillar"),
    C("stage", "code", "", "draft, submitted or withdrawn; open and decided follow from rounds"),
    C("created_at", "instant", "UTC", "when its draft was begun"),
    C("submitted_at", "instant", "UTC", "when it was submitted; empty where it was not"),
    C("perspectives", "json", "", "list of views it notes as heard; empty before submission"),
)
VERSIONS = (
    _REFERENCE,
    C("number", "integer", "", "number of the text, 1 is the one submitted"),
    C("at", "instant", "UTC", "when it was written"),
    C("mark", "code", "", "first, editorial or substantive: whether it changed what is asked"),
    C("contested_at", "instant", "UTC", "from when an editorial one counts as substantive"),
    C("round", "integer", "", "the round that was open then; empty outside one"),
)
COMMENTS = (
    _REFERENCE,
    C("size", "code", "", "declared size of the organisations that wrote; empty: not said"),
    C("comments", "integer", "comments", "theirs that the table reads; of open rounds alone"),
)
OBJECTIONS = (
    C("id", "integer", "", "number of the objection; below 0 where it was raised hidden"),
    C("reference", "text", "", "reference of the proposal"),
    C("round", "integer", "", "the round it was raised in; empty outside one"),
    _ORGANISATION,
    C("severity", "code", "", "must, should or comment"),
    C("by_ballot", "flag", "", "whether a ballot that objects raised it"),
    C("version", "integer", "", "number of the text it was raised on"),
    C("raised_at", "instant", "UTC", "when it was raised"),
    C("state", "code", "", "open, answered, withdrawn, met, upheld or overridden"),
    C("changed_at", "instant", "UTC", "when it came to that state"),
    C("owned", "flag", "", "whether somebody answers for it"),
    C("met_version", "integer", "", "number of the text that met it; empty where none did"),
)
ROLL = (
    _ROUND,
    _ORGANISATION,
    C("answered", "flag", "", "whether a ballot of it stands, whatever it says and counts for"),
    C("reviewing", "flag", "", "whether its board reviews the text when exported"),
)
EXPORT = (C("exported_at", "instant", "UTC", "when this was taken; open rounds are as of then"),)
MEASURES = (
    _ROUND,
    C("support", "integer", _COUNTED, "ballots that count: support"),
    C("support_with_reservations", "integer", _COUNTED, "support with reservations"),
    C("abstain", "integer", _COUNTED, "abstain"),
    C("stand_aside", "integer", _COUNTED, "stand aside"),
    C("object", "integer", _COUNTED, "object"),
    C("recused", "integer", _COUNTED, "recused"),
    C("missing", "integer", _COUNTED, "on the roll and in none of the six"),
    C("support_share", "number", _SHARE, "both supports / both supports and object"),
    C("support_worst", "number", _SHARE, "the same if all missing objected; ended: as it is"),
    C("support_best", "number", _SHARE, "the same if all missing supported; ended: as it is"),
    C("agreement", "number", "-1 to 1", "van der Eijk's A over object, stand aside, both supports"),
    C("accord", "code", "", "together: A of 0.6 up, split: under 0.2, mixed; empty under 5"),
    C("rice", "number", _SHARE, "|supports - object| / (supports + object)"),
    C("hnr", "number", _SHARE, "Hix, Noury and Roland; Y supports, N object, A stand aside"),
    *(
        column
        for by in Grouping
        for column in (
            C(f"{by}_minimum", "number", _SHARE, f"by {by}: least (yes + 1) / (cast + 2) {_AMONG}"),
            C(f"{by}_weakest", "text", "", f"by {by}: code of that group; of equals the first"),
            C(f"{by}_consensus", "number", _SHARE, f"by {by}: product of the same {_AMONG}"),
        )
    ),
)
DICTIONARY = (
    C("file", "text", "", "name of the file"),
    C("column", "text", "", "name of the column"),
    C("type", "code", "", "integer, number, text, code, instant (ISO 8601), flag or json"),
    C("unit", "text", "", "what a number counts, or the range it lies in"),
    C("meaning", "text", "", "what stands there; an empty cell is: none, or undefined"),
)
FILES = {
    "rounds": ROUNDS,
    "ballots": BALLOTS,
    "organisations": ORGANISATIONS,
    "objections": OBJECTIONS,
    "roll": ROLL,
    "measures": MEASURES,
    "proposals": PROPOSALS,
    "versions": VERSIONS,
    "comments": COMMENTS,
    "export": EXPORT,
    "dictionary": DICTIONARY,
}


def described() -> list[tuple[str, str, str, str, str]]:
    """Return the rows of the dictionary: every column of every file, its own included."""
    return [
        (f"{name}.csv", one.name, one.kind, one.unit, one.meaning)
        for name, columns in FILES.items()
        for one in columns
    ]
