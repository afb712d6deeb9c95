"""Pure tables and functions: no models, no database, no clock. Everything in ``articles`` may import it."""
