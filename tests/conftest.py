"""What all tests share: no network, few Hypothesis examples by default, the shared documents."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# No deadlines: a busy machine is no bug. CONGVAN_THOROUGH=1 looks harder, for a release.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
# The same examples at every run: what is found by chance belongs to a thorough run.
settings.register_profile(
    "quick", max_examples=25, deadline=None, suppress_health_check=_SLOW, derandomize=True
)
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("thorough" if os.environ.get("CONGVAN_THOROUGH") == "1" else "quick")


class NetworkUsed(AssertionError):
    """A test reached for the network, which congvan never does."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Makes every attempt to reach another host fail, loudly; local (Unix) sockets still work."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}

    def guard(name: str) -> Any:
        def call(self: socket.socket, *args: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                raise NetworkUsed(f"socket.{name}{args} in a test")
            return real[name](self, *args)

        return call

    def lookup(*args: Any, **_: Any) -> NoReturn:
        raise NetworkUsed(f"host look-up of {args[:2]} in a test")

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guard(name))
        for name in ("getaddrinfo", "gethostbyname", "create_connection"):
            patch.setattr(socket, name, lookup)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Returns the folder of real documents beside the repository; they are read, never copied."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real documents in ../shared, which are not part of the repository")
    return folder
