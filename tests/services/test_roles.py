"""Who may do what: the whole table, spelt out once more on purpose, and every deed called.

A deed is found by its signature (a clock and an actor), so a new one that is not in the
table fails here. Permission is asked before anything else is looked at: the refused call
is given nothing but its actor.
"""

import importlib
import inspect
import pkgutil

import pytest

from coalition import services
from coalition.domain.ground.errors import NotPermitted
from coalition.domain.ground.permissions import GRANTS, AccountId, Actor, Permission, Role

M, O, C, A = Role.MEMBER, Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR  # noqa: E741
ALL = {M, O, C, A}

GRANTED = {
    Permission.READ_TABLE: ALL,
    Permission.OWN_ACCOUNT: ALL,
    Permission.SUGGEST_CHANGE: {M, O, C},
    Permission.DRAFT_PROPOSAL: {M, C},
    Permission.STEER_PROPOSAL: {C},
    Permission.COMMENT: {M, O, C},
    Permission.MODERATE_COMMENT: {C},
    Permission.CAST_BALLOT: {M},
    Permission.RECORD_BALLOT: {C},
    Permission.RUN_ROUND: {C},
    Permission.READ_BOARD: {C},
    Permission.CALL_MEETING: {C},
    Permission.WORK_INQUIRY: {C},
    Permission.INVITE_ACCOUNT: {C, A},
    Permission.MANAGE_ACCOUNT: {A},
    Permission.MANAGE_SEAT: {C, A},
    Permission.EDIT_ORGANISATION: {C, A},
    Permission.MANAGE_RULE: {A},
    Permission.READ_AUDIT: {A},
}

DEEDS = {
    "deliberation.proposals.start_draft": {M, C},
    "deliberation.proposals.edit_draft": {M, C},
    "deliberation.proposals.submit_proposal": {M, C},
    "deliberation.proposals.withdraw_proposal": {M, C},
    "deliberation.proposals.set_champion": {C},
    "people.absences.go_away": {M},
    "people.absences.come_back": {M},
    "notices.choosing.save_habit": ALL,
    "notices.calendars.give_address": ALL,
    "notices.calendars.take_address": ALL,
    "notices.meetings.call_meeting": {C},
    "notices.meetings.change_meeting": {C},
    "notices.meetings.cancel_meeting": {C},
    "deliberation.rounds.open_round": {C},
    "deliberation.rounds.extend_round": {C},
    "deliberation.rounds.cancel_round": {C},
    "deliberation.rounds.close_early": {C},
    "deliberation.rounds.publish": {C},
    "deliberation.ballots.cast_ballot": {M},
    "deliberation.ballots.confirm_ballot": {M},
    "deliberation.ballots.withdraw_ballot": {M},
    "deliberation.versions.revise": {M, C},
    "deliberation.versions.contest": {M},
    "deliberation.objections.raise_objection": {M},
    "deliberation.objections.resolve_objection": {M},
    "deliberation.objections.reopen_objection": {M},
    "deliberation.objections.name_objector": {M},
    "deliberation.responses.answer_objection": {M, C},
    "deliberation.responses.own_objection": {M, C},
    "deliberation.clearances.mark_clearance": {M},
    "deliberation.clearances.end_clearance": {M},
    "deliberation.rolls.change_roll": {C},
    "deliberation.recording.record_ballot": {C},
    "deliberation.presets.add_preset": {A},
    "discussion.suggestions.suggest": {M, O, C},
    "discussion.suggestions.withdraw": {M, O, C},
    "discussion.suggestions.answer": {M, C},
    "discussion.suggestions.revise": {M, C},
    "discussion.promoting.promote": {M, C},
    "discussion.comments.write_comment": {M, O, C},
    "discussion.comments.edit_comment": {M, O, C},
    "discussion.comments.take_back_comment": {M, O, C},
    "discussion.comments.react": {M, O, C},
    "discussion.moderation.remove_comment": {C},
    "deliberation.disclosures.disclose": {M},
    "deliberation.checklists.supplement": {M, C},
    "effect.dissents.attach": {M},
    "effect.dissents.take_back": {M},
    "effect.outcomes.state_outcome": {C},
    "effect.supersessions.supersede": {C},
    "effect.lessons.write_lesson": {M, C},
    "effect.lessons.change_lesson": {M, C},
    "effect.lessons.publish_lesson": {C},
    "effect.lessons.withdraw_lesson": {C},
    "people.accounts.change_password": ALL,
    "people.accounts.save_preferences": ALL,
    "people.accounts.change_role": {A},
    "people.accounts.deactivate": {A},
    "people.accounts.reactivate": {A},
    "people.accounts.end_sessions_of": {A},
    "people.second_factors.begin_enrolment": ALL,
    "people.second_factors.confirm_enrolment": ALL,
    "people.second_factors.renew_codes": ALL,
    "people.second_factors.end_second_factor": ALL,
    "people.second_factors.reset_second_factor": {A},
    "people.sign_in_policies.set_policy": {A},
    "people.sessions.end_session": ALL,
    "people.sessions.end_other_sessions": ALL,
    "people.invitations.invite": {C, A},
    "people.invitations.renew_link": {C, A},
    "people.organisations.add_organisation": {C, A},
    "people.organisations.edit_organisation": {C, A},
    "people.organisations.set_status": {C, A},
    "people.profiles.describe": {M},
    "deliberation.departures.leave": {C, A},
    "people.seats.appoint": {C, A},
    "people.seats.end_seat": {C, A},
    "people.seats.reorder": {C, A},
    "people.interests.declare_interest": {M},
    "people.interests.end_interest": {M},
    "people.applications.begin": {C},
    "people.applications.move": {C},
    "people.admissions.accept": {C},
    "people.admissions.refuse": {C},
    "people.onboarding.set_buddy": {C},
    "people.onboarding.record_practice": {M},
    "people.screening.add_items": {C},
    "people.screening.edit_item": {C},
    "people.screening.answer_items": {C},
    "people.templates.save_template": {C},
    "people.templates.drop_template": {C},
    "people.inquiries.assign": {C},
    "people.inquiries.add_note": {C},
    "people.inquiries.answer": {C},
    "people.inquiries.set_state": {C},
}


def deeds():
    """Return every public deed of the services that a person does, by its short name."""
    found = {}
    for module in pkgutil.walk_packages(services.__path__, "coalition.services."):
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == module.name and not name.startswith("_")
            if own and {"clock", "actor"} <= set(inspect.signature(function).parameters):
                found[f"{module.name.removeprefix('coalition.services.')}.{name}"] = function
    return found


def bare(function, **given):
    """Return the arguments of a call that says only who acts."""
    names = list(inspect.signature(function).parameters)
    return dict.fromkeys(names, None) | given


def test_every_permission_is_decided_here():
    assert {p: {r for r in Role if p in GRANTS[r]} for p in Permission} == GRANTED


def test_every_deed_is_decided_here():
    assert set(deeds()) == set(DEEDS)


REFUSED = [(deed, role) for deed in DEEDS for role in (None, *Role) if role not in DEEDS[deed]]


@pytest.mark.parametrize(("deed", "role"), REFUSED)
def test_who_lacks_the_role_is_refused_first_of_all(deed, role, db, clock):
    actor = None if role is None else Actor(AccountId(1), "Somebody", "x@example.org", role)
    function = deeds()[deed]

    with pytest.raises(NotPermitted):
        function(**bare(function, db=db, clock=clock, actor=actor))
