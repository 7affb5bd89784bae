"""The forms of casework. What they cannot know is judged by the errands and told at the same fields."""
