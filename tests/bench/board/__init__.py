"""The board under load: a province of several years in the store, people clicking, events flowing in."""
