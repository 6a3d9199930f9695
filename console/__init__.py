"""The one door: who may do what; the JSON API under /api and the county's pages."""
