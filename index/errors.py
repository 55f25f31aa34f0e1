"""What can go wrong with the index.

GuideIndexError
├── UnreadableGuideError    a file cannot become a guide
├── DuplicateGuideError     two files claim one slug
├── UnknownGuideError       no guide has that slug
├── UnusableTestSetError   a folder is no test set for retrieval
├── ModelUnusableError      the embedding model is missing or damaged
└── IndexUnusableError      the data folder cannot be used
    ├── IndexBusyError      another process is writing
    └── NewerFormatError    written by a newer Hansa
"""

from __future__ import annotations


class GuideIndexError(Exception):
    """Base of every error of the index; its message is one sentence that says what to do next."""


class UnreadableGuideError(GuideIndexError):
    """A file cannot become a guide."""


class DuplicateGuideError(GuideIndexError):
    """Two files claim one slug."""


class UnknownGuideError(GuideIndexError):
    """No guide has that slug."""


class UnusableTestSetError(GuideIndexError):
    """A folder is no test set for retrieval."""


class ModelUnusableError(GuideIndexError):
    """The embedding model is missing or damaged."""


class IndexUnusableError(GuideIndexError):
    """The folder of the collection cannot be read or written."""


class IndexBusyError(IndexUnusableError):
    """Another process is writing to the collection."""


class NewerFormatError(IndexUnusableError):
    """The collection was written by a newer version."""
