"""What laws say about time, read from statutes.yaml: national law, the same for every county."""

from collections.abc import Iterator
from pathlib import Path

from casework.budget import parse_budget
from casework.verify.law import Article
from definitions.complaints import validated
from definitions.document import Document
from definitions.fault import DefinitionErrors, Fault
from definitions.reading import read
from definitions.reference import ArticleSpelling, StatutesSpelling

SHIPPED_STATUTES = Path(__file__).parent / "statutes.yaml"


def load_statutes(path: Path = SHIPPED_STATUTES) -> tuple[Article, ...]:
    """The articles of all laws. Raises DefinitionErrors."""
    document = read(path)
    written = validated(StatutesSpelling, document)
    faults = list(_faults(document, written))
    if faults:
        raise DefinitionErrors(faults)
    return tuple(_article(law.law, article) for law in written.statutes for article in law.articles)


def _article(law: str, written: ArticleSpelling) -> Article:
    extend = written.extend
    return Article(
        law=law,
        number=written.article,
        duty=parse_budget(written.duty) if written.duty else None,
        by=parse_budget(extend.by) if extend and extend.by else None,
        times=extend.times if extend else 0,
        before_expiry=extend.before_expiry if extend else True,
        right=parse_budget(written.right) if written.right else None,
        suspension=written.suspension,
    )


def _faults(document: Document, written: StatutesSpelling) -> Iterator[Fault]:
    seen: set[tuple[str, int]] = set()
    for number, law in enumerate(written.statutes):
        for place, article in enumerate(law.articles):
            key = (law.law, article.article)
            if key in seen:
                zh = f"{law.law}第{article.article}条重复"
                en = f"article {article.article} of {law.law} stands twice"
                yield document.fault(("statutes", number, "articles", place), zh, en)
            seen.add(key)
