"""The embedded model behind the planner's doors: Sketchbook's own notations, world and honesty."""
