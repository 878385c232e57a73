"""Rows: the only room where peewee and SQL live."""
