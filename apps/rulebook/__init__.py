"""The rulebook room: all dated rows that decide, read from files or an edition of the database."""
