"""Who looks at a case, and why: queues and assignments."""
