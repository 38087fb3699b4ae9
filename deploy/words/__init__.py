"""The words of the command line, by what they are about. Nothing heavy is imported here: help comes at once."""
