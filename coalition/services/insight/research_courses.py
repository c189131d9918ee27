"""The research export's rows of proposals, with a round or without: stages, texts, comments."""

import json
from collections.abc import Collection, Mapping, Sequence

from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.store.database import Connection
from coalition.store.insight import archive
from coalition.store.insight import seats as seats_store
from coalition.store.insight.archive import Written

FIRST = 1  # number of the text a proposal is submitted with


def courses(
    conn: Connection, proposals: Mapping[ProposalId, Proposal], asked: Collection[ProposalId]
) -> dict[str, list[Sequence[object]]]:
    """Return the rows of ``proposals``, ``versions`` and ``comments``, as the codebook has them.

    Of a draft there is its pillar and when it was begun, and nothing that was written.

    Args:
        asked: Those of them whose round is open: of these alone comments are counted.
    """
    texts = list(archive.texts(conn, list(proposals)))
    submitted = {one.proposal_id: one for one in texts if one.number == FIRST}
    ordered = sorted(proposals.values(), key=lambda one: one.id)
    said = seats_store.comments_each(conn, asked)
    return {
        "proposals": [_proposal(one, submitted.get(one.id)) for one in ordered],
        "versions": [
            (
                proposals[one.proposal_id].reference,
                one.number,
                one.at,
                one.mark,
                one.contested_at,
                one.round_id,
            )
            for one in texts
        ],
        "comments": [(proposals[one].reference, size, n) for one, size, n in said],
    }


def _proposal(this: Proposal, first: Written | None) -> Sequence[object]:
    heard = [one.value for one in this.text.perspectives]
    return (
        this.reference,
        this.text.pillar.value,
        this.stage.value,
        this.created_at,
        first.at if first else None,
        json.dumps(heard) if first else None,
    )
