"""The words of signing in with two proofs: refusals, and what became of each try."""

from coalition.words.speech import mark, t

REFUSALS = {
    "sign_in.challenge": mark(
        "This sign-in took too long or was finished already. Please begin with your password again."
    ),
    "sign_in.provider_unverified": mark(
        "The provider does not say that this e-mail address is yours. You are not signed in. "
        "Please sign in with your password."
    ),
    "sign_in.provider_stale": mark(
        "This sign-in at the provider is too old or was used already. Please go through the "
        "provider again."
    ),
    "sign_in.provider_unknown": mark(
        "No account here goes with this sign-in. A convener or an administrator can let you in; "
        "then it works."
    ),
    "sign_in.own_factor_first": mark(
        "Set up a second factor for yourself first, in My account. Nothing was changed. "
        "So you know that it works before others need it."
    ),
    "second_factor.code_wrong": mark(
        "{field}: this code does not count now. Each counts once. Wait for the next one your app "
        "shows, or use a recovery code."
    ),
    "second_factor.on": mark("There is a second factor already. Nothing was changed."),
    "second_factor.off": mark("There is no second factor here. Nothing was changed."),
    "second_factor.unreadable": mark(
        "The table has another key than when this second factor was set up, so no code of the app "
        "counts. Use a recovery code, or ask an administrator to reset it."
    ),
    "second_factor.own": mark(
        "You can end your own second factor in My account, with its code. Nothing was changed."
    ),
}
WAYS = {
    "password": mark("Signed in with the password"),
    "link": mark("Signed in with a one-use link"),
    "code": mark("Signed in with password and code"),
    "recovery": mark("Signed in with a recovery code"),
    "provider": mark("Signed in through the provider"),
}
OUTCOMES = {
    "refused": mark("Refused: wrong password"),
    "code_missing": mark("The password was right; the code was never given"),
    "code_refused": mark("Refused: the password was right, the code wrong"),
}


def became(outcome: str, way: str) -> str:
    """Return what became of a try to come in, and how it was made."""
    return t(WAYS[way] if outcome == "in" else OUTCOMES[outcome])
