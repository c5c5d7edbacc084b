"""Importing exports of a CRM: how they are read, what they change, what past ones brought."""
