"""Which articles hold these terms? A small port with engines behind it; nothing here knows Vietnamese."""
