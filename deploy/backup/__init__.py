"""Everything a province would miss, as Parquet files with a manifest; and back again (docs/operations.md)."""
