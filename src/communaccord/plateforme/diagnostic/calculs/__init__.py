"""What is computed of a campaign, from rows already read: pure functions, without any query."""
