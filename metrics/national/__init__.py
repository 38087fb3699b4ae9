"""What the national portal says of the province's dossiers, set beside what the province says itself."""
