"""Report or findings → text; one file a format. Showing never computes."""
