"""What each page of the room Instances says: computed from the rows, before the template."""
