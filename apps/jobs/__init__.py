"""Durable jobs: a row in the same transaction, a lease, retries and progress; the broker only carries ids."""
