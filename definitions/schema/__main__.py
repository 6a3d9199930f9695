"""Writes the JSON Schemas anew."""

from definitions.schema import MODELS, path_of, text_of

for name in MODELS:
    path_of(name).write_text(text_of(name), encoding="utf-8")
