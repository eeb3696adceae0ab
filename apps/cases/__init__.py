"""What was asked: cases, their facts, questions and shares, and the one door to them."""
