"""Procedures and stories as pictures: SVG laid out here, Mermaid text, and BPMN 2.0 with its diagram."""
