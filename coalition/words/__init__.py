"""Every word the table says, in the reader's language.

English is the source; other languages are gettext catalogues beside this file.
The language is a property of the run, never of the process: a window says once
at the start of each run who is being spoken to (``speak``).
"""

from coalition.words.speech import LANGUAGES, language, mark, speak, speaking, t, tn

__all__ = ["LANGUAGES", "language", "mark", "speak", "speaking", "t", "tn"]
