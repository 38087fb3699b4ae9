"""The national portal's figures and dossiers beside the province's own."""
