"""No domain: what every feature stands on."""
