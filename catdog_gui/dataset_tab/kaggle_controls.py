"""What the Kaggle panel offers in which state: one pure function."""

from dataclasses import dataclass, field

from training.dataset.kaggle.begun import Begun
from training.dataset.kaggle.credential import Credential, Source

_OURS = (Source.SESSION, Source.FILE, Source.KEYRING)


@dataclass(frozen=True)
class Found:
    """What there is for a download from Kaggle.

    Attributes:
        credential: Who would ask; None where nobody can.
        is_open: Whether other users of this computer can read the credential's file.
        has_keyring: Whether a token can be kept in the keyring.
        begun: A download that was stopped.
        free_bytes: What is free on the disk.
        trouble: Why there is no credential, or why the last wish was not granted.
    """

    credential: Credential | None = None
    is_open: bool = False
    has_keyring: bool = False
    begun: Begun | None = None
    free_bytes: int = 0
    trouble: Exception | None = field(default=None, compare=False)

    @property
    def is_ours(self) -> bool:
        """Whether this program keeps the credential, and can forget it."""
        return self.credential is not None and self.credential.source in _OURS


@dataclass(frozen=True)
class KaggleControls:
    """What the panel shows and which of its buttons are live."""

    shows_token: bool
    can_test: bool
    offers_forget: bool
    can_forget: bool
    can_give: bool
    can_use_keyring: bool
    can_download: bool
    goes_on: bool
    can_throw_away: bool


def controls_for(found: Found | None, *, is_working: bool) -> KaggleControls:
    """The controls of a state.

    Args:
        found: What there is; None until that is known.
        is_working: Whether a job of the tab runs.
    """
    there = found or Found()
    credential, begun = there.credential, there.begun
    has_all = begun is not None and begun.part.bytes_there == begun.part.total_bytes
    return KaggleControls(
        shows_token=credential is not None,
        can_test=credential is not None and not is_working,
        offers_forget=there.is_ours,
        can_forget=there.is_ours and not is_working,
        can_give=found is not None and not is_working,
        can_use_keyring=there.has_keyring,
        can_download=(credential is not None or has_all) and not is_working,
        goes_on=begun is not None,
        can_throw_away=begun is not None and not is_working,
    )
