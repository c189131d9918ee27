"""Tables of the deliberation wing: proposals, rounds, ballots, verdicts, rules."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from coalition.store.schema.columns import at, code, flag, json, key, metadata, to, words

reference_counter = Table(  # numbers only go up, so none is ever given twice
    "reference_counter",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

proposal = Table(
    "proposal",
    metadata,
    key(),
    code("reference", 20),
    Column("title", String(200), nullable=False),
    code("pillar"),
    json("further_pillars"),
    to("organisation", "champion_id", null=True),
    words("problem"),
    words("ask"),
    code("ask_type", 40, ""),
    words("target"),
    code("instrument_type", 40, ""),
    words("instrument"),
    words("patient_line"),
    words("equity_note"),
    words("summary"),
    words("body"),  # while it is a draft; from submission on the text versions rule
    words("heard"),  # who is affected and was heard, and what they said
    json("perspectives", "[]"),  # whose views those were
    words("summary_es"),
    Column("summary_es_by", String(200), nullable=False, server_default=""),  # who read it over
    json("source"),  # where it comes from: dates, links and doubts, as imported
    words("search_key"),
    code("stage", 20, "draft"),  # draft, submitted, withdrawn; open and decided follow rounds
    words("stage_reason"),  # why it was withdrawn
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("latest_round_id", Integer),
    to("account", "drafted_by", null=True),
    Column("import_id", String(80)),
    at("created_at"),
    at("updated_at"),
    flag("sample"),
    UniqueConstraint("reference"),
    UniqueConstraint("import_id"),
    Index(None, "updated_at", "id"),  # a list walks along it and stops at its page
    Index(None, "stage", "champion_id", "drafted_by", "latest_round_id"),  # counted over alone
    Index(None, "stage", "pillar", "latest_round_id"),  # as is the pipeline of the board
    Index(None, "latest_round_id"),
    Index(None, "champion_id"),
)

text_version = Table(
    "text_version",
    metadata,
    key(),
    to("proposal"),
    Column("number", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    words("ask"),
    Column("body", Text, nullable=False),
    words("note"),
    code("content_hash", 64),
    to("account", "written_by", null=True),
    at("at"),
    code("mark", 20, "first"),  # first, editorial, substantive
    Column("round_id", Integer),  # the round that was open when it was written
    UniqueConstraint("proposal_id", "number"),
)

version_contest = Table(  # an editorial mark that a delegate contested: it was substantive
    "version_contest",
    metadata,
    Column("version_id", ForeignKey("text_version.id"), primary_key=True),
    to("organisation"),
    to("account", "contested_by"),
    words("reason"),
    at("at"),
)

consensus_round = Table(  # ``round`` is a word of SQL
    "consensus_round",
    metadata,
    key(),
    to("proposal"),
    to("text_version", "version_id"),  # the text it opened on
    to("text_version", "current_version_id"),  # the text in force
    to("text_version", "substantive_version_id"),  # ballots on an earlier one are carried
    code("kind"),
    code("preset", 40),
    Column("rule", JSON(none_as_null=True)),  # null for temperature checks and sign-ons
    json("terms"),
    code("results"),  # open, or hidden until close
    Column("roll_size", Integer, nullable=False),  # of the roll in force
    to("account", "opened_by"),
    at("opened_at"),
    at("opens_at"),
    at("first_closes_at"),
    at("closes_at"),  # the latest extension's, or the moment it was closed early or cancelled
    at("runs_from"),  # the rule's window counts from here: the opening, or a restarted clock
    flag("stopped"),  # an objection in a last call stops the clock
    Column("ending", String(20)),  # null while the deadline rules; closed_early, cancelled
    words("ending_reason"),
    at("published_at", null=True),
    CheckConstraint("opens_at < first_closes_at", name="window"),
    CheckConstraint("roll_size > 0", name="roll"),
    Index(None, "closes_at"),
    Index(None, "proposal_id"),
    Index(None, "published_at"),
)

round_extension = Table(
    "round_extension",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    at("closes_at"),
    words("reason"),
    to("account", "made_by"),
    at("at"),
    Index(None, "round_id"),
)

round_clock = Table(  # an objection in a last call stops the clock; resolving it restarts it
    "round_clock",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    code("change", 20),  # stopped, restarted
    Column("objection_id", Integer, nullable=False),
    at("closes_at", null=True),  # the close it was restarted to
    at("at"),
    Index(None, "round_id"),
)

round_waiver = Table(
    "round_waiver",
    metadata,
    Column("round_id", ForeignKey("consensus_round.id"), primary_key=True),
    Column("item", String(30), primary_key=True),
    words("reason"),
)

roll_change = Table(  # since the opening; ``round_roll`` is the roll in force
    "roll_change",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    to("organisation"),
    code("change", 20),  # added, removed
    words("reason"),
    to("account", "made_by"),
    at("at"),
    Index(None, "round_id"),
)

clearance = Table(  # the latest row of an organisation rules
    "clearance",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    to("organisation"),
    at("until_at", null=True),  # null: it ended before its day
    words("note"),
    to("account", "marked_by"),
    at("at"),
    Index(None, "round_id", "organisation_id"),
)

disclosure = Table(  # the latest row of an organisation rules
    "disclosure",
    metadata,
    key(),
    to("proposal"),
    to("organisation"),
    flag("interested"),
    words("statement"),
    to("account", "made_by"),
    at("at"),
    Index(None, "proposal_id", "organisation_id"),
)

round_roll = Table(
    "round_roll",
    metadata,
    Column("round_id", ForeignKey("consensus_round.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Index(None, "organisation_id"),
)

ballot = Table(
    "ballot",
    metadata,
    key(),
    to("consensus_round", "round_id"),
    to("text_version", "version_id"),
    to("organisation"),
    code("stance"),  # one of the six, or ``withdrawn``
    to("account", "cast_by"),
    code("capacity"),
    at("cast_at"),
    to("ballot", "replaces_id", null=True),
    code("words_hash", 64),
    code("receipt", 20),
    UniqueConstraint("replaces_id"),
    UniqueConstraint("receipt"),
    Index(  # with the line above: one chain an organisation and round, so one standing ballot
        "uq_ballot_first",
        "round_id",
        "organisation_id",
        unique=True,
        sqlite_where=text("replaces_id IS NULL"),
        postgresql_where=text("replaces_id IS NULL"),
    ),
    Index(None, "round_id", "organisation_id"),
    Index(None, "organisation_id", "cast_at"),
    CheckConstraint(
        "stance IN ('support', 'support_with_reservations', 'abstain', 'stand_aside', 'object',"
        " 'recused', 'withdrawn')",
        name="stance",
    ),
)

ballot_words = Table(  # erasable; the ballot keeps the salted hash
    "ballot_words",
    metadata,
    Column("ballot_id", ForeignKey("ballot.id"), primary_key=True),
    words("salt"),
    words("reason"),
    words("remedy"),  # what would remove an objection
    words("authority"),
    at("erased_at", null=True),
)

evidence = Table(  # for a ballot that a convener recorded for an organisation; erasable
    "evidence",
    metadata,
    Column("ballot_id", ForeignKey("ballot.id"), primary_key=True),
    code("channel", 20),  # phone, mail, letter, meeting
    words("said_by"),
    words("note"),
    at("received_at"),
    Column("file_name", String(200), nullable=False, server_default=""),
    code("media_type", 60, ""),
    Column("size", Integer, nullable=False, server_default=text("0")),
    code("sha256", 64, ""),
    Column("data", LargeBinary),
    at("erased_at", null=True),
)

verdict = Table(
    "verdict",
    metadata,
    Column("round_id", ForeignKey("consensus_round.id"), primary_key=True),
    code("outcome", 30),
    Column("answer", JSON, nullable=False),  # reason code and its numbers, never a sentence
    json("tally"),
    at("frozen_at"),
    Index(None, "outcome"),
)

rule_preset = Table(  # the table's own rules beside the built-in ones; older numbers stay
    "rule_preset",
    metadata,
    key(),
    code("code", 40),
    Column("number", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    json("rule"),
    to("account", "made_by"),
    at("at"),
    UniqueConstraint("code", "number"),
)
