"""Rules to choose from: the built-in ones, and those the table has made of them.

A version that was made stays as it is, and a round keeps the rule it was opened with; so a
new version changes only rounds that are opened later.
"""

from dataclasses import dataclass

from coalition.domain.deliberation import presets as built_in
from coalition.domain.deliberation.plans import RuleMissing
from coalition.domain.deliberation.presets import PRESETS, PresetUnknown
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground import text
from coalition.domain.ground.audit import fingerprint
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Connection, Database
from coalition.store.deliberation import presets as store
from coalition.store.deliberation.presets import OwnRule
from coalition.store.ground import audit, tokens
from coalition.store.people import organisations as organisations_store

__all__ = ["NAME", "Choice", "OwnRule", "add_preset", "list_choices", "list_versions", "roll_size"]

NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class Choice:
    """One rule a convener is offered.

    Args:
        name: What the table calls it; "" for a built-in one, which has words of its own.
        number: Version of an own rule; 0 for a built-in one.
        rule: None for a sign-on.
        needs_urgency: Whether a reason for the hurry is asked for.
    """

    code: str
    name: str
    number: int
    rule: Rule | None
    kind: RoundKind
    needs_urgency: bool


def list_choices(db: Database, *, actor: Actor | None) -> tuple[Choice, ...]:
    """Return every rule on offer: the built-in ones, then the table's own, newest versions.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        found = store.versions(conn)
    newest: dict[str, OwnRule] = {}
    for one in found:
        newest.setdefault(one.code, one)
    return (
        *(Choice(p.code, "", 0, p.rule, p.kind, p.needs_urgency) for p in PRESETS),
        *(
            Choice(
                one.code, one.name, one.number, one.rule, RoundKind.BINDING,
                built_in.needs_urgency(one.code),
            )
            for one in newest.values()
        ),
    )  # fmt: skip


def roll_size(db: Database, *, actor: Actor | None) -> int:
    """Return how many organisations would stand on the roll of a round opened now.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        return len(organisations_store.voting_ids(conn))


def list_versions(db: Database, *, actor: Actor | None) -> tuple[OwnRule, ...]:
    """Return every version of the table's own rules, those of one rule together, newest first.

    Raises:
        PermissionMissing: only administrators.
    """
    require(actor, Permission.MANAGE_RULE)
    with db.reading() as conn:
        return store.versions(conn)


def add_preset(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    base: str,
    name: str,
    rule: Rule | None,
    token: str,
) -> OwnRule:
    """Make a rule of one's own from ``base``, or its next version where ``base`` is own already.

    Saying again what the newest version says makes no version. Audited as ``preset.added``.

    Args:
        base: Code of a built-in rule, or of one of the table's own.

    Raises:
        PermissionMissing: only administrators.
        PresetUnknown: there is no rule ``base``.
        RuleMissing: a sign-on has no rule to change.
        TextMissing, TextTooLong, TextUnreadable: the name cannot be kept.
    """
    person = require(actor, Permission.MANAGE_RULE)
    called = text.line(name, "name", limit=NAME)
    if rule is None:
        raise RuleMissing(field="rule")
    with db.writing() as conn:
        now = clock()
        before = _before(conn, base)
        if done := tokens.find(conn, token, "preset.add"):
            return _made(conn, done)
        if before is not None and (before.name, before.rule) == (called, rule):
            return before
        code = before.code if before else f"{base}.{store.count(conn, base + '.') + 1}"
        number = before.number + 1 if before else 1
        store.add(
            conn, code=code, number=number, name=called, rule=rule, made_by=person.account_id,
            at=now,
        )  # fmt: skip
        detail = {"number": number, "rule": fingerprint(rule.to_json())}
        audit.append(conn, person.label, "preset.added", f"preset:{code}", at=now, detail=detail)
        tokens.keep(conn, token, "preset.add", code, at=now)
        return _made(conn, code)


def _before(conn: Connection, base: str) -> OwnRule | None:
    """Return the own rule ``base``, or None where it is a built-in one."""
    found = store.latest(conn, base)
    if found is None:
        built_in.get(base)
    return found


def _made(conn: Connection, code: str) -> OwnRule:
    found = store.latest(conn, code)
    if found is None:
        raise PresetUnknown(code=code)
    return found
