"""Dead letters read again once what was wrong is mended, as if their lines had been right at once."""
