"""The time of a call: how long it goes on, and how long one has been at the deal. Counted in ticks."""

from pipetui.forecast.calls.agenda import SECONDS_A_DEAL


class Clocks:
    """Seconds of the meeting and of the deal. It never reads a clock: a paused call does not grow older."""

    def __init__(self, minutes: int, seconds: int = 0) -> None:
        self.minutes = minutes
        """What the meeting has."""
        self.seconds = seconds
        """Of the meeting, so far."""
        self.at_deal = 0
        """Seconds at the deal one is at."""
        self.is_running = True

    def tick(self) -> None:
        """A second more."""
        if self.is_running:
            self.seconds += 1
            self.at_deal += 1

    def next_deal(self) -> None:
        """Another deal."""
        self.at_deal = 0

    def toggle(self) -> None:
        """Stop, or go on."""
        self.is_running = not self.is_running

    @property
    def meeting(self) -> str:
        """ "12:40 / 45:00"."""
        return f"{_told(self.seconds)} / {_told(self.minutes * 60)}"

    @property
    def deal(self) -> str:
        """ "1:12"."""
        return _told(self.at_deal)

    @property
    def is_meeting_over(self) -> bool:
        """Whether it takes longer than it should."""
        return self.seconds > self.minutes * 60

    @property
    def is_deal_over(self) -> bool:
        """Whether the deal has had its 90 seconds."""
        return self.at_deal > SECONDS_A_DEAL


def _told(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
