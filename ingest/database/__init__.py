"""Tables and views of any SQL database, asked again and again for the rows that have changed."""
