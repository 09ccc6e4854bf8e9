"""Quality measured against hand labels."""
