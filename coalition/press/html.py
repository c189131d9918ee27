"""A report as one HTML page that needs nothing else: no script, no address, every word escaped."""

from html import escape

from coalition.domain.insight.reports import Bar, Cell, Column, Report, Section, Table
from coalition.press.inks import FILLS, GLYPHS, LINE, TEXTS

STYLE = (
    """
:root{--ground:#fff;--ink:#0B1220;--faint:#5A6472;--hair:#D5DBE3}
body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 Georgia,'Times New Roman',serif}
main{max-width:62rem;margin:0 auto;padding:3.5rem 1.5rem 5rem}
header{border-bottom:1px solid var(--hair);padding-bottom:1.4rem;margin-bottom:2.4rem}
header p{margin:0;color:var(--faint)}
h1{font-size:2.2rem;line-height:1.15;font-weight:600;margin:.3rem 0 .6rem}
h2{font-size:1.35rem;line-height:1.3;font-weight:600;margin:2.6rem 0 .5rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem;margin-top:.8rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .9rem .55rem 0;
border-bottom:1px solid var(--hair);font-weight:400;overflow-wrap:anywhere;min-width:5rem}
thead th{color:var(--faint);font-size:.82rem;border-bottom-color:var(--faint)}
tbody th{min-width:8rem}
.n{text-align:right;font-variant-numeric:tabular-nums}
.bar{display:flex;height:.6rem;gap:1px;margin:.35rem 0 .3rem}
.bar i{display:block;box-sizing:border-box}
.bar .out{border:1px solid """
    + LINE
    + """}
.said{white-space:nowrap;margin-right:.7em;display:inline-block}
@media print{main{max-width:none;padding:0}tr,h2{break-inside:avoid}h2{break-after:avoid}
.bar i{print-color-adjust:exact}}
"""
    + "".join(f".{code}{{color:{ink}}}" for code, ink in TEXTS.items())
)


def pressed(report: Report) -> bytes:
    """Return the page as UTF-8."""
    title = escape(report.title)
    sections = "\n".join(
        _section(one, number) for number, one in enumerate(report.sections, start=1)
    )
    return f"""<!doctype html>
<html lang="{escape(report.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · {escape(report.issuer)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header>
<p>{escape(report.issuer)}</p>
<h1>{title}</h1>
<p>{escape(report.dated)}</p>
</header>
{sections}
</main>
</body>
</html>
""".encode()


def _section(one: Section, number: int) -> str:
    said = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in one.sentences)
    name = f"section-{number}"
    drawn = _table(one.table, name) if one.table else ""
    return f'<section>\n<h2 id="{name}">{escape(one.heading)}</h2>\n{said}\n{drawn}</section>'


def _table(table: Table, name: str) -> str:
    headings = "".join(_cell("th", one.heading, one, scope="col") for one in table.columns)
    rows = "\n".join(_row(row, table.columns) for row in table.rows)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="{name}">\n'
        f'<table aria-labelledby="{name}">\n<thead><tr>{headings}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
    )


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    first = _cell("th", row[0], columns[0], scope="row")
    others = zip(row[1:], columns[1:], strict=True)
    return "<tr>" + first + "".join(_cell("td", cell, column) for cell, column in others) + "</tr>"


def _cell(tag: str, cell: Cell, column: Column, *, scope: str = "") -> str:
    said = _bar(cell) if isinstance(cell, Bar) else escape(cell)
    named = f' scope="{scope}"' if scope else ""
    number = ' class="n"' if column.number else ""
    return f"<{tag}{named}{number}>{said}</{tag}>"


def _bar(bar: Bar) -> str:
    """Return a picture for the eye alone, then the same in words."""
    drawn = "".join(_part(part.code, part.n) for part in bar.parts)
    said = " ".join(
        f'<span class="said"><span class="{part.code}" aria-hidden="true">{GLYPHS[part.code]}'
        f"</span> {escape(part.word)} {part.n}</span>"
        for part in bar.parts
    )
    return f'<div class="bar" aria-hidden="true">{drawn}</div>{said}'


def _part(code: str, n: int) -> str:
    fill = FILLS[code]
    if fill is None:
        return f'<i class="out" style="flex:{n}"></i>'
    return f'<i style="flex:{n};background:{fill}"></i>'
