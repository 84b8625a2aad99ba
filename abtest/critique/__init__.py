"""The critique: words in, findings out."""
