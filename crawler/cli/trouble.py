"""The errors that say in one line what is wrong with what the user gave."""

from __future__ import annotations

from audits.gazetteer.own import GazetteerError
from audits.logo.manifest import LogoSetError
from audits.policy import PolicyError
from audits.register import RegisterError
from crawler.cli.setting import UsageError
from crawler.config import SettingsError
from crawler.night.host import HostError
from crawler.resources import ResourceError
from crawler.run.again import ResumeError
from crawler.store import StoreError, StoreFull

INVALID_ERRORS = (
    GazetteerError,
    HostError,
    LogoSetError,
    PolicyError,
    RegisterError,
    ResourceError,
    ResumeError,
    SettingsError,
    StoreError,
    UsageError,
)

__all__ = ["INVALID_ERRORS", "StoreFull"]
