"""Every setting of the product, in one place. Entrances read them here and hand them on as arguments."""

import os
from dataclasses import dataclass, field
from pathlib import Path


def _setting(name: str, default: str, zh: str, en: str) -> str:
    """Declare a setting: its environment variable, default and meaning (which docs/settings.md repeats)."""
    return field(
        default_factory=lambda: os.environ.get(name, default),
        metadata={"name": name, "default": default, "zh": zh, "en": en},
    )


@dataclass(frozen=True)
class Settings:
    """The settings of this process, read from its environment when constructed.

    The connection to Temporal is not among them: it is read by Temporal's own environment configuration
    (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TLS_*, TEMPORAL_API_KEY, TEMPORAL_PROFILE).
    """

    home: str = _setting("FENGQIAO_HOME", ".fengqiao", "数据目录", "Folder of the embedded engine's data")
    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "台账数据库地址;空则用数据目录内的 SQLite",
        "Records database; empty: SQLite in the home folder",
    )
    definitions: str = _setting(
        "FENGQIAO_DEFINITIONS",
        "",
        "办理程序定义目录;空则用随附定义",
        "Definitions folder; empty: the shipped ones",
    )
    county: str = _setting("FENGQIAO_COUNTY", "zhuji", "县(市、区)名录", "Which territory and roster to use")
    url: str = _setting("FENGQIAO_URL", "http://127.0.0.1:8180", "控制台地址", "Address of the console")
    token: str = _setting(
        "FENGQIAO_TOKEN",
        "",
        "控制台令牌;空则读数据目录内的 token",
        "Console token; empty: the file token in the home folder",
    )
    seal_key: str = _setting(
        "FENGQIAO_SEAL_KEY", "", "隐私字段密钥(base64,32字节);空则读数据目录内的 seal.key",
        "Key of private fields (base64, 32 bytes); empty: the file seal.key in the home folder",
    )  # fmt: skip
    smtp_url: str = _setting(
        "FENGQIAO_SMTP_URL",
        "",
        "发信服务器 smtp://用户:口令@主机:端口 或 smtps://",
        "Mail server, smtp://user:password@host:port or smtps://",
    )
    mail_from: str = _setting("FENGQIAO_MAIL_FROM", "fengqiao@localhost", "发信人地址", "Sender of mails")
    webhook_url: str = _setting(
        "FENGQIAO_WEBHOOK_URL", "", "通知推送地址", "Address that notices are posted to"
    )
    language: str = _setting("FENGQIAO_LANG", "zh", "语言:zh 或 en", "Language: zh or en")
    task_queue: str = _setting("FENGQIAO_TASK_QUEUE", "fengqiao", "Temporal 任务队列", "Temporal task queue")
    metrics: str = _setting(
        "FENGQIAO_METRICS",
        "",
        "Prometheus 指标地址 主机:端口;空则不开",
        "Prometheus metrics at host:port; empty: off",
    )
    spread: str = _setting(
        "FENGQIAO_SPREAD",
        "30",
        "到期处理的错峰秒数",
        "Seconds over which simultaneous due moments are carried out",
    )

    @property
    def home_path(self) -> Path:
        return Path(self.home)

    def records_url(self) -> str:
        return self.database_url or f"sqlite:///{self.home_path / 'records.db'}"
