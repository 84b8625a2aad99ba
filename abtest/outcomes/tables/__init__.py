"""Files of unknown origin, opened as rows of text: CSV, TSV, XLSX; and a way to tell Parquet."""
