"""The press: a report in, the bytes of a file out. It knows words and values, and asks nobody."""
