"""Faults tried for real: processes killed, disks full, files damaged; docs/reliability.md has the outcomes."""
