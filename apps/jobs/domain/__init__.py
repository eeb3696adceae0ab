"""What a job can do: be queued, taken under a lease, run, retried, swept up, cancelled."""
