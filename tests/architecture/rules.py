"""The house rules no linter knows, one function a rule: each yields its breaches in words."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.architecture.source import Source, calls, dotted, file_of, functions

Rule = Callable[[Source], Iterator[str]]

FUNCTION_LINES = 50
FILE_LINES = 300
PAGE_LINES = 80
POSITIONAL = 6
MIGRATIONS = "coalition/store/migrations"
CLOCK_HOME = "coalition/wiring.py"
DOCUMENT_HOME = "coalition/ui/document.py"
ADDRESS_HOME = "coalition/ui/address.py"
SESSION_STATE_HOMES = (
    "coalition/ui/address.py",  # the language chosen for this visit
    "coalition/ui/forms.py",  # a form's token, what it was shown with, what is shown until kept
    "coalition/ui/login.py",  # empties what the login library leaves there; which sign-in waits
)
EMPTYING_HOMES = (
    "coalition/ui/forms.py",  # a form's place, in the run in which its button was pressed
    "coalition/ui/deliberation/draft_form.py",  # a note under a field, which holds no widget
    "coalition/ui/people/joining.py",  # a fault under a field, which holds no widget
)
QUIET = {  # what writes without being a deed, and why
    "coalition/services/people/sessions.py:arrive",  # notes when a session was last seen
    # the job's own books: the deeds they tell of are in the trail already
    "coalition/services/notices/telling.py:tell",
    "coalition/services/notices/telling.py:remind",
    "coalition/services/notices/packing.py:pack",
    "coalition/services/notices/sending.py:send",
    "coalition/services/notices/sending.py:_hand_over",
    "coalition/services/people/accounts.py:require_password",  # counts a try; its deed is audited
}
DUMPING_GROUNDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.time)$")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NOT_WORDS = re.compile(
    r":[a-z_]+(/[a-z_0-9]+)?:?(?=\[|:|$)|&[a-z]+;|[0-9A-Z]{4}-[0-9A-Z]{4}|:material/[a-z_0-9]+:"
)
SHOWN_FIRST = {  # calls whose first argument a person reads
    "title", "header", "subheader", "markdown", "caption", "write", "text", "metric", "badge",
    "info", "warning", "error", "success", "toast", "spinner", "status", "expander", "popover",
    "button", "form_submit_button", "download_button", "link_button", "page_link",
    "text_input", "text_area", "number_input", "date_input", "time_input", "datetime_input",
    "selectbox", "multiselect", "radio", "pills", "segmented_control", "select_slider", "slider",
    "checkbox", "toggle", "file_uploader", "chat_input",
    "Column", "TextColumn", "NumberColumn", "DateColumn", "DatetimeColumn", "LinkColumn",
    "ListColumn", "CheckboxColumn", "SelectboxColumn", "ProgressColumn",
}  # fmt: skip
SHOWN_BY_NAME = {"label", "help", "placeholder", "alt", "title", "caption", "page_title", "body"}
LOGGERS = re.compile(r"(^|\.)_?(log|logger|logging)$", re.IGNORECASE)


def sizes(source: Source) -> Iterator[str]:
    """Functions, files and pages stop at their hard limits."""
    limit = PAGE_LINES if source.is_under("pages", "app.py") else FILE_LINES
    lines = len(source.text.splitlines())
    if source.is_under(MIGRATIONS):
        return
    if lines > limit:
        yield f"{lines} lines; the limit is {limit}"
    for function in functions(source.tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length >= FUNCTION_LINES:
            yield f"{function.name} has {length} lines; stay under {FUNCTION_LINES}"
        arguments = [*function.args.posonlyargs, *function.args.args]
        if len(arguments) > POSITIONAL:
            yield f"{function.name} takes {len(arguments)} positional arguments"


def names(source: Source) -> Iterator[str]:
    """No file is a dumping ground."""
    for part in (*source.path.parts[:-1], source.path.stem):
        if part in DUMPING_GROUNDS:
            yield f"'{part}' says nothing about what is in it"


def door(source: Source) -> Iterator[str]:
    """Every page asks at the door before it does anything else."""
    if not source.is_under("pages") or source.path.name == "__init__.py":
        return
    body = source.tree.body
    if not ast.get_docstring(source.tree):
        yield "says nothing about itself in a first line"
    first = next((n for n in body[1:] if not isinstance(n, ast.Import | ast.ImportFrom)), None)
    written = ast.unparse(first) if first else ""
    if not re.match(r"here = entry\.(require\(Permission\.|visit\()", written):
        yield f"starts with {written[:60]!r}, not with here = entry.require(Permission.…)"


def markup(source: Source) -> Iterator[str]:
    """No raw HTML; our own scripts have one home."""
    if "unsafe_allow_html" in source.text:
        yield "unsafe_allow_html"
    if "components.v1" in source.text or "components.html" in source.text:
        yield "an HTML component"
    if not source.is_under(DOCUMENT_HOME):
        yield from _uses(source, "html")
    for call in calls(source.tree):
        if dotted(call.func).endswith(".iframe") and not _is_ours(call.args[:1]):
            yield f"line {call.lineno}: a frame from elsewhere"


def address(source: Source) -> Iterator[str]:
    """The query string has one reader."""
    if not source.is_under(ADDRESS_HOME):
        yield from _uses(source, "query_params")


def memory(source: Source) -> Iterator[str]:
    """Nothing is kept between runs, and who one is least of all."""
    if not source.is_under(*SESSION_STATE_HOMES):
        yield from _uses(source, "session_state")


def flow(source: Source) -> Iterator[str]:
    """Act where the form is read, draw after: no reruns, dialogs or callbacks."""
    for forbidden in ("rerun", "dialog", "experimental_rerun", "experimental_dialog"):
        yield from _uses(source, forbidden)
    for call in calls(source.tree):
        for keyword in call.keywords:
            callback = keyword.arg in {"on_click", "on_change", "on_submit"}
            if callback and not isinstance(keyword.value, ast.Constant):
                yield f"line {call.lineno}: {keyword.arg} carries the previous run's values"


def places(source: Source) -> Iterator[str]:
    """What can be emptied holds nothing that can have the focus; forms stand in forms.place."""
    if source.is_under(*EMPTYING_HOMES):
        return
    for call in calls(source.tree):
        if dotted(call.func).rpartition(".")[2] == "empty" and not (call.args or call.keywords):
            yield f"line {call.lineno}: {ast.unparse(call)} may take the focus away"


def clock(source: Source) -> Iterator[str]:
    """The hour is read in one place."""
    if source.is_under(CLOCK_HOME):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and CLOCKS.search(dotted(node)):
            yield f"line {node.lineno}: {dotted(node)}; take a clock or now as an argument"


def wording(source: Source) -> Iterator[str]:
    """Every word a person reads goes through t() or tn()."""
    if not source.is_under("pages", "coalition/ui", "app.py"):
        return
    for call in calls(source.tree):
        for shown in _shown(call):
            if words := _bare_words(shown):
                yield f"line {call.lineno}: {words!r} is not translated"


def catalogue(source: Source) -> Iterator[str]:
    """What goes through the catalogue is a whole sentence known beforehand."""
    if source.is_under("coalition/words/speech.py"):
        return
    for call in calls(source.tree):
        spoken = dotted(call.func)
        if spoken not in {"t", "tn", "mark"} or not call.args:
            continue
        for sentence in call.args[: 2 if spoken == "tn" else 1]:
            built = isinstance(sentence, ast.JoinedStr | ast.BinOp) or (
                isinstance(sentence, ast.Call) and dotted(sentence.func).endswith("format")
            )
            literal = isinstance(sentence, ast.Constant) or source.is_under("coalition/words")
            if built or (spoken != "t" and not literal):
                yield f"line {call.lineno}: {ast.unparse(call)[:60]} is built at run time"


def login(source: Source) -> Iterator[str]:
    """The login library gets accounts, never the path of a file of accounts."""
    for call in calls(source.tree):
        if dotted(call.func).rpartition(".")[2] != "Authenticate":
            continue
        named = [k.value for k in call.keywords if k.arg == "credentials"]
        for given in [*call.args[:1], *named]:
            made = isinstance(given, ast.Call) and dotted(given.func) in {"str", "os.fspath"}
            text = isinstance(given, ast.Constant | ast.JoinedStr | ast.BinOp)
            if made or text:
                yield f"line {call.lineno}: Authenticate is given text, a path"


def deeds(source: Source) -> Iterator[str]:
    """A deed reads its clock inside its own transaction and leaves its audit entry there."""
    if not source.is_under("coalition/services"):
        return
    for function in source.tree.body:
        if not isinstance(function, ast.FunctionDef) or f"{source.path}:{function.name}" in QUIET:
            continue
        if not any(dotted(call.func).endswith(".writing") for call in calls(function)):
            continue
        arguments = {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}
        if "clock" not in arguments:
            yield f"{function.name} writes without a clock"
        if not _appends(source, function, set()):
            yield f"{function.name} writes without audit.append"


def launcher(source: Source) -> Iterator[str]:
    """app.py starts the windows; it asks no store and knows no rule."""
    if not source.is_under("app.py"):
        return
    for node in ast.walk(source.tree):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in modules:
            if re.match(r"(coalition\.(store|domain|services)|sqlalchemy|pages)\b", module):
                yield f"line {node.lineno}: imports {module}"


RULES: tuple[Rule, ...] = (
    sizes, names, door, markup, address, memory, flow, places, clock,
    wording, catalogue, login, deeds, launcher,
)  # fmt: skip


def _appends(source: Source, function: ast.FunctionDef, seen: set[str]) -> bool:
    """Say whether ``function``, or a function of the services it calls, appends to the audit."""
    seen.add(f"{source.path}:{function.name}")
    for call in calls(function):
        name = dotted(call.func)
        if re.search(r"(^|[._])audit\.append$", name):
            return True
        found = _resolve(source, name)
        if found and f"{found[0].path}:{found[1].name}" not in seen and _appends(*found, seen):
            return True
    return False


def _resolve(source: Source, name: str) -> tuple[Source, ast.FunctionDef] | None:
    """Return the services' function that ``name`` or ``module.name`` means in ``source``."""
    module, _, short = name.rpartition(".")
    if not module and (function := source.functions.get(short)):
        return source, function
    for node in source.tree.body:
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for alias in node.names:
            if (alias.asname or alias.name) != (module or short):
                continue
            home = file_of(f"{node.module}.{alias.name}" if module else node.module)
            function = home.functions.get(short if module else alias.name) if home else None
            if home and function and home.is_under("coalition/services"):
                return home, function
    return None


def _is_ours(addresses: list[ast.expr]) -> bool:
    """Say whether an address is plainly a path on our own server."""
    start: ast.expr | None = addresses[0] if addresses else None
    if isinstance(start, ast.JoinedStr) and start.values:
        start = start.values[0]
    path = start.value if isinstance(start, ast.Constant) else ""
    return isinstance(path, str) and re.match(r"/\w", path) is not None


def _uses(source: Source, name: str) -> Iterator[str]:
    """Yield each use of Streamlit's ``name``, by attribute or by import."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in {f"st.{name}", f"streamlit.{name}"}:
            yield f"line {node.lineno}: {dotted(node)}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            yield from (
                f"line {node.lineno}: imports {name}" for alias in node.names if alias.name == name
            )


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    if not isinstance(call.func, ast.Attribute) or LOGGERS.search(dotted(call.func.value)):
        return
    if call.func.attr in SHOWN_FIRST:
        yield from call.args[:1]
    yield from (k.value for k in call.keywords if k.arg in SHOWN_BY_NAME)


def _bare_words(node: ast.expr) -> str | None:
    """Return the literal words in ``node`` that no catalogue has seen."""
    if isinstance(node, ast.Constant):
        text = NOT_WORDS.sub("", node.value) if isinstance(node.value, str) else ""
        return text if LETTERS.search(text) else None
    parts: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        parts = [part for part in node.values if isinstance(part, ast.Constant)]
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    return next((words for part in parts if (words := _bare_words(part))), None)
