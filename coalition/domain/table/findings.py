"""What ``verify`` can find wrong, each with a code that never changes its meaning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in what the table remembers.

    Args:
        code: Noun and finding, such as ``chain.digest``.
        where: The row it was found at, as ``kind:number``.
    """

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: whoever keeps a copy outside can tell later that nothing was cut.

    Args:
        seq: Number of the last entry; 0 where there is none.
        digest: Its hex SHA-256.
    """

    seq: int
    digest: str
