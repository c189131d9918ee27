"""``verify``: is all that the table remembers still as it was written?"""

import argparse
import re
from typing import Any

from coalition import wiring
from coalition.domain.table.findings import Finding, Head
from coalition.services.table import readiness
from coalition.services.table.verifying import verify

SENTENCES = {
    "guard.gone": "the database no longer has this guard of history as it was installed",
    "row.dangling": "it names a row that is not there",
    "row.unreadable": "it holds a value that cannot be read; nothing could be replayed",
    "chain.gap": "an entry before this one is missing",
    "chain.previous": "does not follow the entry before it",
    "chain.digest": "was changed after it was written",
    "chain.unreadable": "cannot be read",
    "chain.twice": "tells of something that was told before",
    "chain.head_differs": "is not the entry that was kept outside",
    "chain.cut": "was kept outside, and the chain no longer reaches it",
    "text.hash": "the text was changed after it was submitted",
    "text.entry": "the hash is not the one in the chain",
    "text.untold": "the chain knows nothing of this text",
    "text.mark": "what kind of change made it, or in which round, is not as the chain tells",
    "text.contest": "whether its mark was contested is not as the chain tells",
    "text.gone": "the chain knows this text, and it is gone",
    "round.unreadable": "its rule or terms cannot be read",
    "round.untold": "the chain knows nothing of its opening",
    "round.frozen": "rule, terms, roll, text or dates were changed after it opened",
    "round.roll": "the roll is not as long as it was at the opening",
    "round.extensions": "its extensions are not those in the chain",
    "round.ending": "it did not end as the chain tells",
    "round.close": "its close is not what deadline, extensions, clock and ending make of it",
    "round.clock": "its clock did not stop and start as the chain tells",
    "round.text": "the text in force, or the last that changed the ask, is not the chain's",
    "round.published": "its publishing is not as the chain tells",
    "round.gone": "the chain knows this round, and it is gone",
    "ballot.roll": "its organisation is not on the roll",
    "ballot.version": "it was given on another text than the one in force",
    "ballot.stance": "this kind of round does not offer its stance",
    "ballot.replaces": "it does not replace the ballot that stood",
    "ballot.untold": "the chain knows nothing of it",
    "ballot.digest": "it was changed after it was cast",
    "ballot.window": "it was cast outside the window that was in force",
    "ballot.evidence": "the evidence it was recorded with was changed",
    "ballot.words": "the words given with it were changed",
    "ballot.words_gone": "the words given with it are gone, and nobody erased them",
    "ballot.erased_untold": "its words were erased, and the chain does not tell by whom",
    "ballot.gone": "the chain knows this ballot, and it is gone",
    "ballot.homeless": "some belong to no round",
    "objection.gone": "the chain knows this objection, and it is gone",
    "verdict.unreadable": "it cannot be read",
    "verdict.untold": "the chain knows nothing of its freezing",
    "verdict.entry": "it is not the verdict in the chain",
    "verdict.undue": "it was frozen where no verdict is due",
    "verdict.tally": "the ballots count to another tally",
    "verdict.answer": "rule and ballots give another verdict",
    "verdict.outcome": "the outcome in lists is not the verdict's",
    "verdict.gone": "the chain knows this verdict, and it is gone",
}


def add_parser(subparsers: Any) -> None:  # noqa: ANN401 (argparse keeps its type to itself)
    """Offer the command."""
    parser = subparsers.add_parser(
        "verify", help="walk the audit chain, replay every ballot, compute every verdict again"
    )
    parser.add_argument(
        "--head",
        type=head,
        metavar="N:HASH",
        help="a head noted earlier and kept elsewhere; the chain must still run through it",
    )
    parser.set_defaults(run=run)


def head(text: str) -> Head:
    """Return the head that ``N:HASH`` names; argparse tells the refusal."""
    if not re.fullmatch(r"\d{1,12}:[0-9a-f]{64}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not N:HASH with 64 hexadecimal digits")
    seq, _, digest = text.partition(":")
    return Head(int(seq), digest)


def run(args: argparse.Namespace) -> int:
    """Verify; exit 0 where all is whole, 1 with each fault on a line of its own."""
    db = wiring.database()
    readiness.require_ready(db)
    report = verify(db, kept=args.head)
    for finding in report.findings:
        print(sentence(finding))
    print(
        f"{report.entries} entries, {report.rounds} rounds, {report.ballots} ballots and "
        f"{report.verdicts} verdicts read again: "
        + ("all whole." if report.is_whole else f"{len(report.findings)} faults.")
    )
    if report.head.seq:  # none where nothing could be replayed
        kept = f"{report.head.seq}:{report.head.digest}"
        print(f"Head: entry {report.head.seq}, {report.head.digest}")
        print(f"Keep it elsewhere and compare later: verify --head {kept}")
    return 0 if report.is_whole else 1


def sentence(finding: Finding) -> str:
    """Return a finding as one line: where, its code, and what it means."""
    return f"{finding.where}: {finding.code}: {SENTENCES[finding.code]}"
