"""One module a command: ``execute(arguments)`` prints the answer or raises ErreurCommande."""
