"""The coalition's working table: organisations decide together, on the record."""

import os

# A table's matrices are small: threads would spin longer than they count, beside other visitors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
