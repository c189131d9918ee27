"""Lessons for tests, each made in one line."""

from dataclasses import replace
from itertools import count

from coalition.domain.effect.lessons import LessonText
from coalition.domain.ground.pillars import Pillar
from coalition.services.effect import learned, lessons

WORDS = LessonText(
    title="Ask by phone before the deadline",
    challenge="Half of our members answered in the last hour.",
    tried="Two of us phoned everybody on the roll three days before the close.",
    happened="Nobody was late, and four had questions that changed the text.",
    pillar=Pillar.ACCESS,
)
_number = count(1)


def a_lesson(db, clock, writer, *, token=None, **changes):
    """Write a lesson as a draft and return its number."""
    return lessons.write_lesson(
        db,
        clock,
        actor=writer,
        words=replace(WORDS, **changes),
        token=token or f"lesson {next(_number)}",
    )


def changed(db, clock, person, lesson_id, *, seen=0, token=None, **changes):
    """Change what a lesson says."""
    lessons.change_lesson(
        db,
        clock,
        actor=person,
        lesson_id=lesson_id,
        words=replace(WORDS, **changes),
        seen=seen,
        token=token or f"change {next(_number)}",
    )


def published(db, clock, convener, lesson_id, *, seen=0):
    """Publish a lesson."""
    lessons.publish_lesson(db, clock, actor=convener, lesson_id=lesson_id, seen=seen)


def a_public_lesson(db, clock, convener, *, writer=None, **changes):
    """Write a lesson, publish it, and return its number."""
    made = a_lesson(db, clock, writer or convener, **changes)
    published(db, clock, convener, made)
    return made


def taken_back(db, clock, convener, lesson_id, *, reason="A number in it was wrong."):
    """Take a lesson back from the public."""
    lessons.withdraw_lesson(db, clock, actor=convener, lesson_id=lesson_id, reason=reason)


def titles(db, clock, *, as_=None, **asked):
    """Return the titles of the lessons a person finds, in the order shown."""
    found = learned.page(db, actor=as_, now=clock(), **asked)
    return [one.lesson.text.title for one in found.items]


def one(db, clock, lesson_id, *, as_=None):
    """Return one lesson as a person reads it."""
    return learned.one(db, actor=as_, now=clock(), lesson_id=lesson_id)
