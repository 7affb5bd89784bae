"""The pages of the registration lists."""
