"""Durable jobs: a row in the same transaction, a lease, retries, progress; brokers carry ids only."""
