"""Planning within the law of working time: lawful shifts, their drivers, hours as an aim."""
