"""How an organisation stands at the table, in words."""

from datetime import date

from coalition.domain.people.organisations import Organisation, OrganisationStatus
from coalition.words import moments, people, t


def told(this: Organisation, day: date) -> str:
    """Return whether it takes part, into which one it merged, and how long it is good.

    Args:
        day: Today, on the table's clock.
    """
    standing = people.standing(this.status)
    if this.successor and this.status is OrganisationStatus.LEFT:
        return t("{standing}, merged into {name}", standing=standing, name=this.successor)
    good = this.profile.good_until
    if good is None or this.status is not OrganisationStatus.ACTIVE:
        return standing
    until = moments.date_only(good)
    if this.profile.lapsed(day):
        return t("{standing}; good standing lapsed on {day}", standing=standing, day=until)
    return t("{standing}; in good standing until {day}", standing=standing, day=until)
