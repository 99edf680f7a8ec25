"""Pages of the room Instances: fetch, form, act, redirect."""
