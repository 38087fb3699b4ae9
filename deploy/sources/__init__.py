"""The sources of `nhip ingest`, each a module that is loaded when it is named."""
