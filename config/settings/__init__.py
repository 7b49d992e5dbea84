"""Django's settings: base declares everything; development, test and production hold only differences."""
