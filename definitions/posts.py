"""The posts (岗位) that procedures name, read from posts.yaml."""

from pathlib import Path

from casework.procedure import Post, Text
from definitions.complaints import validated
from definitions.reading import read
from definitions.reference import PostsSpelling


def load_posts(path: Path) -> dict[str, Post]:
    """Posts by name. Raises DefinitionErrors."""
    written = validated(PostsSpelling, read(path))
    return {
        name: Post(name, post.level, Text(post.title.zh, post.title.en))
        for name, post in written.posts.items()
    }
