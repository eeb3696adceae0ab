"""What was asked: the case, its typed facts, questions and who may see it."""
