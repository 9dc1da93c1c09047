"""The independent judge: takes order and times as given and says which rules they break."""
