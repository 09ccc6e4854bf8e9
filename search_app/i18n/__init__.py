"""The languages of the site: which one a request is in, and the messages in each."""
