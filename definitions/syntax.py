"""YAML's own complaints about its syntax, in plain words."""

import yaml

_PLAIN = (
    ("found unexpected end of stream", "引号没有闭合", "a quotation mark is not closed"),
    (
        "could not find expected ':'",
        "缺少半角冒号和空格（: ）；全角冒号（\uff1a）不算",
        "a colon and a space (: ) are missing",
    ),
    (
        "mapping values are not allowed here",
        "此处不能有冒号：请检查缩进；文字中含冒号的请加引号",
        "no colon may stand here: check the indentation, or quote text that has a colon in it",
    ),
    (
        "expected <block end>",
        "缩进没有对齐，或括号、引号后有多余内容",
        "the indentation is uneven, or something follows a bracket",
    ),
    (
        "expected ',' or '}'",
        "花括号 { } 没有写完，或缺少逗号",
        "the braces { } are not closed, or a comma is missing",
    ),
    (
        "expected ',' or ']'",
        "方括号 [ ] 没有写完，或缺少逗号",
        "the brackets [ ] are not closed, or a comma is missing",
    ),
    (
        "that cannot start any token",
        "文字不能以此符号开头，请加引号",
        "text cannot begin with this character: quote it",
    ),
    ("found undefined alias", "不能引用 * 别名，请把内容写出来", "aliases (*) are not allowed: write it out"),
    (
        "found unknown escape character",
        "双引号内的反斜杠写法有误，请改用单引号",
        "a bad backslash in double quotes: use single ones",
    ),
)


def in_plain_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """What a clerk can do about a syntax error, in both languages."""
    problem = error.problem or ""
    for part, zh, en in _PLAIN:
        if part in problem:
            return zh, en
    return f"不合 YAML 写法（{problem}）", f"is not valid YAML ({problem})"
