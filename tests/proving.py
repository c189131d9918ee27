"""Second factors for tests: a telephone with an app, a slip of recovery codes, and their deeds."""

import pyotp

from coalition.domain.ground.permissions import Role
from coalition.domain.people.sign_ins import Policy
from coalition.services.people.second_factors import begin_enrolment, confirm_enrolment
from tests.builders import PASSWORD, a_person

KEY = b"k" * 32


class Phone:
    """A telephone with an authenticator app, and a slip with recovery codes."""

    def __init__(self, secret, clock, recovery):
        self._app, self._clock, self.recovery = pyotp.TOTP(secret), clock, recovery

    def shows(self, steps=0):
        """Return the code of now, or of so many steps later."""
        return self._app.at(self._clock(), counter_offset=steps)


def enrolled(db, clock, person, *, session_id=None, key=KEY):
    """Turn a second factor on for a person and return their telephone, a minute later."""
    begun = begin_enrolment(db, clock, actor=person, key=key)
    code = pyotp.TOTP(begun.secret).at(clock())
    codes = confirm_enrolment(db, clock, actor=person, key=key, code=code, session_id=session_id)
    clock.move(minutes=1)
    return Phone(begun.secret, clock, codes)


def every_deed(db, clock, administrator):
    """Return how each deed of a second factor is done so that it would succeed."""
    plain, beginning = a_person(db), a_person(db)
    wary = a_person(db, role=Role.ADMINISTRATOR, password=PASSWORD)
    phone = enrolled(db, clock, wary)
    begun = begin_enrolment(db, clock, actor=beginning, key=KEY)
    proof = {"actor": wary, "key": KEY, "password": PASSWORD, "code": phone.recovery[0]}
    return {
        "people.second_factors.begin_enrolment": {"actor": plain, "key": KEY},
        "people.second_factors.confirm_enrolment": {
            "actor": beginning,
            "key": KEY,
            "code": pyotp.TOTP(begun.secret).at(clock()),
            "session_id": None,
        },
        "people.second_factors.renew_codes": proof,
        "people.second_factors.end_second_factor": proof,
        "people.second_factors.reset_second_factor": {
            "actor": administrator,
            "account_id": wary.account_id,
        },
        "people.sign_in_policies.set_policy": {"actor": wary, "wanted": Policy(second_factor=True)},
    }
