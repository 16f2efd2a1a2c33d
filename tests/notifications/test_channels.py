"""The contract that every channel passes; a new one joins CHANNELS."""

import pytest
from prometheus_client import REGISTRY
from structlog.testing import CapturingLogger

from resolutionflow.notifications.channels.base import Channel
from resolutionflow.notifications.channels.console import Console
from resolutionflow.notifications.policy import Alert
from resolutionflow.platform.ids import AccountId, uuid7

CHANNELS: list[Channel] = [Console()]


def alert(**fields: str) -> Alert:
    session_id = uuid7()
    usual = {
        "title": "Escalation from Jane · #12345: Outlook is failing",
        "first_line": "Bakery Klein · Mia Klein · on the phone · high priority · Next idea",
        "link": f"/pilot/{session_id}?pickup=true",
    }
    return Alert(account_id=AccountId(uuid7()), handoff_id=uuid7(), session_id=session_id, **usual | fields)


def told(channel: Channel) -> float:
    return REGISTRY.get_sample_value("resolutionflow_alerts_told_total", {"channel": channel.name}) or 0.0


@pytest.fixture(params=CHANNELS, ids=lambda channel: channel.name)
def channel(request: pytest.FixtureRequest) -> Channel:
    given: Channel = request.param
    return given


async def test_a_channel_takes_an_alert_and_counts_it(channel: Channel) -> None:
    before = told(channel)
    await channel.tell(alert())
    assert told(channel) - before == 1


async def test_a_channel_takes_the_same_alert_again_because_a_job_may_repeat(channel: Channel) -> None:
    same = alert()
    await channel.tell(same)
    await channel.tell(same)


@pytest.mark.parametrize("words", ["", "“Ümläut” 電話 🖨️", "<b>*bold*</b> & _more_\r\nBcc: everybody", "x" * 5_000])
async def test_a_channel_takes_whatever_people_type(channel: Channel, words: str) -> None:
    await channel.tell(alert(title=words, first_line=words))


async def test_the_console_names_ids_and_nothing_that_people_typed() -> None:
    lines = CapturingLogger()
    told = alert()
    await Console(log=lines).tell(told)
    ids = {"account_id": str(told.account_id), "handoff_id": str(told.handoff_id), "session_id": str(told.session_id)}
    assert [(call.method_name, call.args, call.kwargs) for call in lines.calls] == [("info", ("escalation_waiting",), ids)]


def test_no_two_channels_share_a_name() -> None:
    assert len({channel.name for channel in CHANNELS}) == len(CHANNELS)
