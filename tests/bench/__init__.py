"""`python -m tests.bench`: how fast nhip is, beside other ways to do the same work. Not part of the test suite."""
