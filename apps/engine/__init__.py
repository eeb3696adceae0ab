"""The pure engine: facts and a dated edition of the law in, a determination with its trace out."""
