"""What the pages say, computed before the templates write it: sentences, rows, files."""
