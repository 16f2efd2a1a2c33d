from datetime import UTC, datetime, timedelta, timezone

from resolutionflow.events import frames
from resolutionflow.events.frames import Frame, Reason
from resolutionflow.events.queries import NumberedEvent
from resolutionflow.events.recent import Recent

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_an_event_is_one_line_of_compact_json_under_its_number() -> None:
    frame = frames.event(NumberedEvent(42, "handoff_created", NOON, {"card": {"problem": "Möbius\nline"}}))
    assert frame.number == 42
    assert frame.data.decode() == (
        "id: 42\nevent: handoff_created\n"
        'data: {"event_id":42,"type":"handoff_created","occurred_at":"2026-11-22T12:00:00Z","card":{"problem":"Möbius\\nline"}}\n\n'
    )


def test_moments_are_told_in_utc() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert b'"2026-11-22T12:00:00Z"' in frames.event(NumberedEvent(1, "happened", elsewhere, {})).data


def test_what_takes_no_number_has_no_id() -> None:
    for frame in (frames.ready(41, 25), frames.resync(Reason.TOO_OLD, 41), frames.signal("session_changed", {"session_id": "s"})):
        assert b"id: " not in frame
        assert frame.endswith(b"\n\n")


def test_chunks_keep_order_lose_nothing_and_stay_small() -> None:
    given = [Frame(number, bytes([number]) * 9_000) for number in range(1, 12)]
    chunks = list(frames.in_chunks(given))
    assert [frame for chunk in chunks for frame in chunk.frames] == given
    assert b"".join(chunk.data for chunk in chunks) == b"".join(frame.data for frame in given)
    assert [chunk.last for chunk in chunks] == [3, 6, 9, 11]


def test_a_frame_larger_than_a_chunk_goes_alone() -> None:
    large = Frame(2, b"x" * 100_000)
    assert [chunk.frames for chunk in frames.in_chunks([Frame(1, b"a"), large, Frame(3, b"b")])] == [
        [Frame(1, b"a")],
        [large],
        [Frame(3, b"b")],
    ]


def test_the_ring_knows_how_far_back_it_reaches() -> None:
    recent = Recent(3)
    assert not recent.reaches_back_to(0)
    recent.add(Frame(number, b"") for number in range(5, 10))
    assert [recent.reaches_back_to(number) for number in (5, 6, 9)] == [False, True, True]
    assert [frame.number for frame in recent.after(6)] == [7, 8, 9]
    assert [frame.number for frame in recent.after(8)] == [9]
    assert recent.after(9) == []
    assert recent.after(12) == []
