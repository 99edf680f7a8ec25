"""The projet de territoire and its précadrage: why services are pooled, within which frame, under which charte."""
