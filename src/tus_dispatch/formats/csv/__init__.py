"""A day as a folder of tables, the way a French spreadsheet saves them."""
