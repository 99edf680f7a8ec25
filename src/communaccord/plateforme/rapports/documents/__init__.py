"""The files of the rapport: the document, the letters, the models of délibération."""
