"""The index folder: generations, manifest, lock, tombstones, near-duplicates and the status of runs."""
