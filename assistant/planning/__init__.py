"""The parts of a planner: asking for a draft, mending it, checking what it means, and making a plan of it."""
