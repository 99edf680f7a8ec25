"""The weight of a vote: power indices, qualified majorities, who makes the decision."""
