"""What the pages and the files of the rapport say: pure of HTTP."""
