"""What stands on a page, worked out from what the other rooms answer; no rule and no decision."""
