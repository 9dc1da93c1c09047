"""How long a drive takes and how far it is: road graphs, estimates, explicit tables, OSRM."""
