"""Doing a deed a form asked for, once, and knowing whether it was done."""

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from coalition.ui import feedback, forms


def done(form: str, deed: Callable[[str], object], *, said: DeltaGenerator, **labels: str) -> bool:
    """Call ``deed`` with the token of ``form``; tell a refusal in ``said``; return whether done.

    The form has a new token after its deed, and only then.

    Args:
        labels: What the form calls each field, for refusals that name one.
    """
    token = forms.token(form)
    with said, feedback.told(**labels):
        deed(token)
        forms.renew(form)
    return forms.token(form) != token
