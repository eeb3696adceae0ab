"""Durable jobs: rows with leases, retries and progress; the broker only carries their ids."""
