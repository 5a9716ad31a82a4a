"""The ways in which sealing, opening and keeping keys can end without a result."""


class SealError(Exception):
    """This one value cannot be sealed or opened: damaged, moved, or sealed under another key. Never holds
    content.
    """


class NoKey(SealError):
    """The key is not in the key store: never created, or destroyed when the candidacy was disposed of."""


class Locked(Exception):
    """No value at all can be opened or sealed, because a master key is missing or wrong. Holds the reason.

    Not a SealError: a damaged value is one marked cell on a page, a locked service answers 503.
    """


class TooManyOrphans(Exception):
    """A sweep found so many keys without data that it is more likely the data that is missing."""
