"""Parts of the tool that builds the packaged reference data (see tools/build_reference.py)."""
