"""The house rules hold in every file, and each of them would notice its breach."""

import re

import pytest

from tests.architecture.rules import RULES, Rule
from tests.architecture.source import Source, code, source, texts

LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 49
DOOR = '"""Ballots."""\nimport streamlit as st\nhere = entry.require(Permission.READ)\n'
DEED = "def cast(db, {clock}*, actor):\n    with db.writing() as conn:\n        {audit}\n"

BREACHES = [
    ("sizes", "coalition/ui/frames.py", LONG_FUNCTION),
    ("sizes", "coalition/ui/frames.py", "x = 1\n" * 301),
    ("sizes", "pages/people/members.py", "x = 1\n" * 81),
    ("sizes", "coalition/ui/frames.py", "def f(a, b, c, d, e, f, g): ..."),
    ("names", "coalition/ui/utils.py", ""),
    ("names", "coalition/helpers/text.py", ""),
    ("door", "pages/people/members.py", '"""Members."""\nimport streamlit as st\nst.title(x)\n'),
    ("door", "pages/people/members.py", '"""Members."""\nst.title(x)\n' + DOOR[15:]),
    ("door", "pages/people/members.py", "here = entry.require(Permission.READ)\n"),
    ("markup", "coalition/ui/cards.py", "st.markdown(x, unsafe_allow_html=True)"),
    ("markup", "coalition/ui/cards.py", "st.html(x)"),
    ("markup", "coalition/ui/cards.py", "from streamlit import html"),
    ("markup", "coalition/ui/cards.py", "import streamlit.components.v1 as components"),
    ("markup", "coalition/ui/cards.py", "st.iframe('https://elsewhere.example')"),
    ("markup", "coalition/ui/cards.py", "st.iframe('//elsewhere.example')"),
    ("markup", "coalition/ui/cards.py", "st.iframe(found)"),
    ("address", "pages/people/members.py", "st.query_params['id']"),
    ("memory", "coalition/ui/entry.py", "st.session_state.user = 1"),
    ("memory", "coalition/ui/entry.py", "from streamlit import session_state"),
    ("flow", "pages/people/members.py", "st.rerun()"),
    ("flow", "pages/people/members.py", "@st.dialog(x)\ndef f(): ..."),
    ("flow", "pages/people/members.py", "st.button(x, on_click=cast)"),
    ("places", "coalition/ui/cards.py", "place = st.empty()"),
    ("places", "pages/people/members.py", "before.empty()"),
    ("places", "coalition/ui/cards.py", "from streamlit import empty\nplace = empty()"),
    (
        "clock",
        "coalition/services/table/jobs.py",
        "from datetime import datetime\ndatetime.now(UTC)",
    ),
    ("clock", "coalition/ui/entry.py", "import datetime\ndatetime.date.today()"),
    ("clock", "coalition/ui/entry.py", "import time\ntime.time()"),
    ("wording", "pages/people/members.py", "st.title('Members')"),
    ("wording", "pages/people/members.py", "left.button(f'Open {name}')"),
    ("wording", "pages/people/members.py", "st.info('Done ' + name)"),
    ("wording", "coalition/ui/forms.py", "st.text_input(t('Name'), help='As on the roll')"),
    ("wording", "coalition/ui/charts.py", "st.altair_chart(chart, alt='Bars')"),
    ("wording", "coalition/ui/forms.py", "st.column_config.TextColumn('Name')"),
    ("wording", "coalition/ui/forms.py", "st.button(t('Open') if closed else 'Close')"),
    ("catalogue", "coalition/ui/forms.py", "t(f'Open {name}')"),
    ("catalogue", "coalition/ui/forms.py", "t('Open ' + name)"),
    ("catalogue", "coalition/ui/forms.py", "tn('one', many, n)"),
    ("catalogue", "coalition/domain/ground/pillars.py", "mark(name)"),
    ("catalogue", "coalition/words/stances.py", "mark(f'Open {name}')"),
    ("login", "coalition/ui/login.py", "stauth.Authenticate('accounts.yaml', 'c', 'k')"),
    ("login", "coalition/ui/login.py", "stauth.Authenticate(credentials=str(path))"),
    ("deeds", "coalition/services/people/seats.py", DEED.format(clock="", audit="audit.append(1)")),
    ("deeds", "coalition/services/people/seats.py", DEED.format(clock="clock, ", audit="pass")),
    ("launcher", "app.py", "from coalition.store.database import Database"),
    ("launcher", "app.py", "import sqlalchemy"),
]

ALLOWED = [
    ("sizes", "coalition/ui/frames.py", LONG_FUNCTION.rsplit("    x", 1)[0]),
    ("door", "pages/people/members.py", DOOR),
    ("door", "pages/people/welcome.py", DOOR.replace("require(Permission.READ)", "visit()")),
    ("markup", "coalition/ui/document.py", "st.html(script)"),
    ("markup", "coalition/ui/login.py", "st.iframe(f'/auth/enter?ticket={ticket}')"),
    ("address", "coalition/ui/address.py", "st.query_params.get('id')"),
    ("flow", "pages/people/members.py", "st.download_button(x, on_click='ignore')"),
    ("places", "coalition/ui/forms.py", "slot = st.empty()"),
    ("places", "coalition/ui/cards.py", "parts.empty(t('No seat'), t('Nobody sits here.'))"),
    ("clock", "coalition/wiring.py", "datetime.now(UTC)"),
    ("wording", "pages/people/members.py", "st.title(t('Members'))"),
    ("wording", "pages/people/members.py", "st.page_link(page, icon=':material/edit:')"),
    ("wording", "pages/people/members.py", "st.markdown(f':material/edit: {md(name)}')"),
    ("wording", "coalition/ui/entry.py", "log.info('signed in')"),
    ("catalogue", "coalition/ui/forms.py", "t(TITLE); tn('{n} vote', '{n} votes', n)"),
    ("login", "coalition/ui/login.py", "stauth.Authenticate(credentials, 'c', 'k')"),
    ("deeds", "coalition/services/people/seats.py",
     DEED.format(clock="clock, ", audit="audit.append(conn)")),
    ("deeds", "coalition/services/people/seats.py",
     DEED.format(clock="clock, ", audit="_told(conn)") + "def _told(conn): audit.append(conn)"),
]  # fmt: skip

PLACEHOLDERS = re.compile(
    r"lorem ipsum|click here to add|coming soon|\bTODO\b|\bFIXME\b|\bXXX\b|\bTBD\b|not implemented"
)
MACHINES = re.compile(
    r"(?<![\w.\-/])/(root|Users|mnt|tmp)/|/home/[a-z]+/"
    r"|(pypi|pythonhosted|npmjs)\.[a-z]+|file:///"
)


def rule_named(name: str) -> Rule:
    return next(rule for rule in RULES if rule.__name__ == name)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_rule_holds_in_every_file(rule: Rule) -> None:
    breaches = [f"{file.path}: {breach}" for file in code() for breach in rule(file)]

    assert not breaches, f"{rule.__doc__}\n" + "\n".join(breaches)


@pytest.mark.parametrize(("name", "path", "text"), BREACHES)
def test_each_rule_notices_its_breach(name: str, path: str, text: str) -> None:
    assert list(rule_named(name)(source(path, text)))


@pytest.mark.parametrize(("name", "path", "text"), ALLOWED)
def test_no_rule_forbids_what_is_right(name: str, path: str, text: str) -> None:
    assert not list(rule_named(name)(source(path, text)))


def test_every_rule_has_been_seen_to_fail() -> None:
    assert {rule.__name__ for rule in RULES} == {name for name, _, _ in BREACHES}


@pytest.mark.parametrize("breach", ["Lorem ipsum dolor", "Click here to add text", "# TODO: later"])
def test_a_placeholder_would_be_noticed(breach: str) -> None:
    assert PLACEHOLDERS.search(breach) or PLACEHOLDERS.search(breach.lower())


def test_nothing_shown_or_shipped_is_a_placeholder() -> None:
    shipped = [
        (path, text)
        for path, text in texts()
        if path.startswith(("coalition/", "pages/", "data/", "docs/", "app.py", "README"))
    ]
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in shipped
        for number, line in enumerate(text.splitlines(), 1)
        if PLACEHOLDERS.search(line) or PLACEHOLDERS.search(line[:1].lower() + line[1:])
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("breach", ["see /mnt/disk/main", "cd /tmp/place", "in /home/ada/table"])
def test_a_machine_s_own_path_would_be_noticed(breach: str) -> None:
    assert MACHINES.search(breach)


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        if path != "tests/architecture/test_house_rules.py"
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINES.search(line)
    ]

    assert not found, "\n".join(found)


def test_the_rules_read_the_whole_product() -> None:
    read: list[Source] = list(code())

    assert {"coalition/domain/ground/errors.py"} <= {str(file.path) for file in read}
