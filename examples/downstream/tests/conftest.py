"""What the tests share: a configuration of oslo.messaging, as a deployment would write it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from oslo_config import cfg


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], cfg.ConfigOpts]:
    """Return a function from the text of a configuration file to what a service reads from it."""

    def configured(text: str) -> cfg.ConfigOpts:
        file = tmp_path / "pictures.conf"
        file.write_text(text)
        conf = cfg.ConfigOpts()
        conf(["--config-file", str(file)])
        return conf

    return configured
