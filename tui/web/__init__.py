"""Hansa in a browser: who may come in, whose data is opened, and the pages around the terminal."""
