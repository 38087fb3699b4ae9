"""What a declaration means, said in several languages: Polars, ClickHouse SQL, Vietnamese and English."""
