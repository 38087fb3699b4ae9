"""The lists: what each may be asked, and its parts. The API shows one part, an export writes all of them."""
