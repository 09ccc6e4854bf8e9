"""Where, when and who: an article's province, date and officials, each with its evidence."""
