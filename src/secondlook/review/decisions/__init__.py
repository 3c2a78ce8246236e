"""What is decided about a review: values in, values out. No database, no web, no clock."""
