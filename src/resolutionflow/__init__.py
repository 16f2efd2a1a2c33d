"""ResolutionFlow: escalations that arrive live, with what was tried."""
