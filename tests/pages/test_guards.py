"""No page runs for somebody it is not for, by whatever way its file is reached."""

import pytest
from streamlit.testing.v1 import AppTest

from coalition.domain.ground.permissions import GRANTS, Role, may
from coalition.ui import entry, screens
from coalition.ui.screens import PAGES, SCREENS
from tests.builders import a_person

GUARDED = [screen for screen in SCREENS if screen.permission is not None]
OPEN = [screen for screen in SCREENS if screen.permission is None]


def told(app) -> str:
    return " ".join(element.value for element in (*app.title, *app.info, *app.warning))


def test_every_screen_has_its_file_and_every_file_its_screen():
    listed = [PAGES / screen.path for screen in SCREENS]
    assert sorted(listed) == sorted(PAGES.rglob("*.py"))
    assert len({screen.key for screen in SCREENS}) == len(SCREENS)
    assert all(screen.path.endswith(f"/{screen.key}.py") for screen in SCREENS)


@pytest.mark.parametrize("screen", GUARDED, ids=lambda screen: screen.key)
def test_a_bare_page_file_shows_a_stranger_nothing_but_the_door(served, monkeypatch, screen):
    monkeypatch.setattr(entry, "session_token", lambda: None)
    app = AppTest.from_file(PAGES / screen.path, default_timeout=30).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Sign in"]
    assert "Please sign in to see this page." in told(app)
    assert [field.label for field in app.text_input] == ["E-mail", "Password"]
    assert not app.dataframe
    assert not app.table


@pytest.mark.parametrize("role", [None, *Role])
def test_the_file_of_a_page_is_not_even_run_for_whom_it_is_not(
    visit, db, monkeypatch, tmp_path, role
):
    person = a_person(db, role=role) if role else None
    for screen in SCREENS:
        path = tmp_path / screen.path
        path.parent.mkdir(exist_ok=True)
        path.write_text("raise AssertionError" if not screen.may_open(person) else "")
    monkeypatch.setattr(screens, "PAGES", tmp_path)
    for screen in GUARDED:
        if not screen.may_open(person):
            visit(screen.key, as_=person)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("screen", GUARDED, ids=lambda screen: screen.key)
def test_a_role_without_the_permission_is_told_so_and_sees_nothing_else(visit, db, screen, role):
    if screen.permission in GRANTS[role]:
        return
    app = visit(screen.key, as_=a_person(db, role=role))
    assert [title.value for title in app.title] == ["Not part of your role"]
    assert "Your role does not include this" in told(app)


@pytest.mark.parametrize("role", [None, *Role])
def test_the_menu_names_exactly_the_screens_a_person_may_open(db, role):
    person = a_person(db, role=role) if role else None
    shown = {screen.key for screen in SCREENS if screen.in_menu(person)}
    for screen in SCREENS:
        if screen.permission is not None:
            hidden = screen.shown is screens.Shown.NEVER
            assert (screen.key in shown) == (may(person, screen.permission) and not hidden)
    assert ("sign_in" in shown) == (role is None)
    assert {"positions", "calendar", "members", "how", "privacy"} <= shown


@pytest.mark.parametrize("screen", OPEN, ids=lambda screen: screen.key)
def test_a_public_page_opens_for_a_stranger(visit, screen):
    assert visit(screen.key).title


@pytest.mark.parametrize("role", Role)
def test_every_page_of_a_role_opens_on_an_empty_table(visit, db, role):
    person = a_person(db, role=role)
    for screen in SCREENS:
        if screen.may_open(person):
            assert visit(screen.key, as_=person).title, screen.key
