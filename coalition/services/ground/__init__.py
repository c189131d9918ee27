"""Ground: what every wing stands on."""
