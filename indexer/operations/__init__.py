"""What an operator does to an index besides indexing: backup, rollback, migrate, doctor, withdraw."""
