"""Tables as files: the rows are the API's items, so a file and the API say the same."""
