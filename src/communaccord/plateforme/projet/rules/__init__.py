"""Who may do what, by subject: pure functions of an actor and an object, without any query."""
