"""Search for good routes; speaks of nodes, requests, vehicles and loads, never of people."""
