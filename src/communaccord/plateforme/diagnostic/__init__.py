"""The état des lieux: sheets of every commune, flows between them, the reference picture, what comes out."""
