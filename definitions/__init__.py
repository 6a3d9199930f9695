"""What the rules say: the only package that reads YAML, and the folders of definitions it reads.

Everything is checked when it is loaded, and every fault names its file, line and column.
"""
