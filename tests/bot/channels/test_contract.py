"""What every channel keeps to, whoever is behind it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.messages import GiveUp, Job, Later, SendError, Stop, Unknown
from tests.bot.channels.conftest import outgoing

if TYPE_CHECKING:
    from tests.bot.channels.conftest import Stage


async def test_a_message_arrives_once_as_it_was_written(stage: Stage) -> None:
    provider_id = await stage.channel.send(stage.out())
    assert stage.arrived() == ["Hola, ñandú"]
    assert provider_id


async def test_several_arrive_in_order(stage: Stage) -> None:
    for number in range(3):
        await stage.channel.send(stage.out(f"n. {number}"))
    assert stage.arrived() == ["n. 0", "n. 1", "n. 2"]


@pytest.mark.parametrize("fault", ["later", "wait"])
async def test_a_busy_provider_means_later(stage: Stage, fault: str) -> None:
    stage.order(fault)
    with pytest.raises(Later):
        await stage.channel.send(stage.out())
    assert stage.arrived() == []
    await stage.channel.send(stage.out())
    assert stage.arrived() == ["Hola, ñandú"]


async def test_a_provider_that_names_a_time_is_heard(stage: Stage) -> None:
    stage.order("wait")
    with pytest.raises(Later) as caught:
        await stage.channel.send(stage.out())
    assert caught.value.after == (7 if stage.stops else None)


async def test_a_person_who_wants_no_messages_is_left_alone(stage: Stage) -> None:
    stage.order("stop")
    with pytest.raises(Stop if stage.stops else GiveUp):
        await stage.channel.send(stage.out())


async def test_what_can_never_work_is_given_up(stage: Stage) -> None:
    stage.order("never")
    with pytest.raises(GiveUp):
        await stage.channel.send(stage.out())
    assert stage.arrived() == []


@pytest.mark.parametrize("fault", ["hang", "drop"])
async def test_without_an_answer_nobody_knows_and_in_fact_it_arrived(stage: Stage, fault: str) -> None:
    stage.order(fault)
    began = time.time()
    with pytest.raises(Unknown):
        await stage.channel.send(stage.out())
    assert time.time() - began < 3
    assert stage.arrived() == ["Hola, ñandú"]
    found = await stage.channel.find(stage.out(), began)
    assert (found is not None) == stage.can_be_asked


async def test_where_nobody_answers_nothing_has_left(stage: Stage) -> None:
    away = stage.away()
    with pytest.raises(Later):
        await away.send(stage.out())
    await away.close()


async def test_what_never_was_sent_is_not_found(stage: Stage) -> None:
    assert await stage.channel.find(stage.out(), time.time()) is None


async def test_a_job_is_no_message(stage: Stage) -> None:
    with pytest.raises(GiveUp):
        await stage.channel.send(outgoing(Job("any", b""), stage.out().address))


async def test_errors_say_nothing_about_the_person(stage: Stage) -> None:
    for fault in ("later", "never"):
        stage.order(fault)
        with pytest.raises(SendError) as caught:
            await stage.channel.send(stage.out())
        assert stage.out().address not in f"{caught.value} {caught.value.__cause__!r}"


async def test_a_message_costs_something(stage: Stage) -> None:
    assert stage.channel.cost(stage.out().body) == 1


async def test_closing_twice_does_no_harm(stage: Stage) -> None:
    await stage.channel.close()
    await stage.channel.close()
