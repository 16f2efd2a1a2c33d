"""When the demo is told again, and when it is not told at all."""

from datetime import UTC, datetime, timedelta

import pytest

from resolutionflow.app.demo import account, story
from resolutionflow.app.demo.people import Who
from resolutionflow.app.runtime import build
from resolutionflow.platform.settings import SettingsError
from tests.factories.make import Make


@pytest.mark.parametrize("told_at", ["now() - interval '7 hours'", None], ids=["old", "unfinished"])
async def test_an_old_or_unfinished_demo_is_made_anew(make: Make, told_at: str | None) -> None:
    runtime = build(make.runtime.settings, make.urls.app)
    cast = await account.found(runtime, runtime.database.work, at=datetime.now(UTC) - timedelta(days=50))
    before = cast[Who.JANE].account_id
    if told_at:
        make.rows(f"insert into effects (account_id, key, done_at) values (%s, 'demo:told', {told_at}) returning 1", before)
    real = await make.person()
    await story.tell(runtime, None)
    assert make.rows("select id from accounts where is_demo") == [(before,)], "without the owner's rights it stays"
    await story.tell(runtime, make.urls.owner)
    ((after,),) = make.rows("select id from accounts where is_demo")
    assert after != before
    assert make.rows("select count(*) from audit_log where account_id = %s", before) == [(0,)]
    assert make.rows("select count(*) from handoffs where account_id = %s", after) == [(21 + 1,)], "and one parked"
    assert (await real.get("/auth/me")).status_code == 200


async def test_an_account_that_is_not_the_demo_is_left_alone(make: Make) -> None:
    real = await make.person()
    make.rows("update users set email = %s where id = %s returning 1", Who.SAM.email, real.id)
    with pytest.raises(SettingsError, match="without --demo"):
        await story.tell(build(make.runtime.settings, make.urls.app), make.urls.owner)
    assert make.rows("select count(*) from accounts") == [(1,)]
