"""Everything seen and pressed: the full-screen application and the command line."""

__version__ = "0.1.0"
