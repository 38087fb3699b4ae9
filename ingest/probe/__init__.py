"""The portal asked from outside: whether its pages answer as they should."""
