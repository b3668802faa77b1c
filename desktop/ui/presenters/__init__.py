"""Each brings one page together with the services behind it; none knows another's page."""
