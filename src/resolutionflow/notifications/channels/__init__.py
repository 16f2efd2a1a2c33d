"""Ways of telling people outside the application; each is an adapter behind `base.Channel`."""
