"""congvan reads Vietnamese administrative text."""

__version__ = "0.1.0.dev0"
