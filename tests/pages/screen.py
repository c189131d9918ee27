"""Reading a screen as a person does, and pressing what has a name."""


def press(app, label):
    """Press the one button with this label and run."""
    found = [button for button in app.button if button.label == label]
    assert len(found) == 1, [button.label for button in app.button]
    found[0].click().run()
    assert not app.exception, app.exception
    return app


def tick(app, start):
    """Tick the one box whose label starts like this."""
    found = [box for box in app.checkbox if box.label.startswith(start)]
    assert len(found) == 1, [box.label for box in app.checkbox]
    found[0].check()


def write(app, start, words):
    """Write into the one field whose label starts like this."""
    fields = [*app.text_area, *app.text_input]
    found = [field for field in fields if field.label.startswith(start)]
    assert len(found) == 1, [field.label for field in fields]
    found[0].input(words)


def choose(app, stance, *, interest="none"):
    """Choose a stance and run; where the interest is asked, say first that there is none."""
    if app.radio[0].label.startswith("Does our organisation have an interest"):
        app.radio[0].set_value("recuses" if stance == "recused" else interest).run()
    if stance != "recused" or (len(app.radio) == 1 and "recused" in app.radio[0].options):
        app.radio[-1].set_value(stance).run()
    assert not app.exception, app.exception
    return app


def shown(app):
    """Return everything that stands on the screen in words, as one text."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption]
    parts += [*app.success, *app.warning, *app.error, *app.info]
    titles = [getattr(part.proto, "title", "") for part in (*app.success, *app.warning)]
    return "\n".join([*(str(part.value) for part in parts), *titles])


def files(app):
    """Return the names of the tables on offer as files."""
    return [one.proto.id.partition("-csv-")[2] for one in app.get("download_button")]


def links(app):
    """Return the labels of all links to other screens."""
    return [link.proto.label for link in app.get("page_link")]


def pagers(app):
    """Return the captions and pagers of a page in their order, as one text."""
    found = [one for one in app.main if one.type in {"caption", "pagination"}]
    return ", ".join("pager" if one.type == "pagination" else one.value for one in found)
