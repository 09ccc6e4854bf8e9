"""What every request goes through: parameters, the opened archive, caching, limits, headers, errors, the server."""
