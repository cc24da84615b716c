"""One connection to Redis, standalone or cluster, and the scripts that are run over it.

What the scripts do is in `lua/`, what their keys are called in `keys`. A server that is out of reach, still loading or
unable to write raises `Away`, whatever the client calls it, in one sentence; everything else is a bug and raised as it
came.

    Away            may pass by itself
    └── Refused     passes only when somebody mends the settings: the password, the certificate, the user's rights
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from redis import exceptions as wrong
from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Sequence

T = TypeVar("T")
TIMEOUT = 5.0
CONNECTIONS = 64
NODE_CONNECTIONS = 512
_AWAY = (
    wrong.ConnectionError,
    wrong.TimeoutError,
    wrong.ClusterError,
    wrong.RedisClusterException,
    wrong.ReadOnlyError,
    wrong.OutOfMemoryError,
    wrong.TryAgainError,
    OSError,
)
_AWAY_CODES = ("MISCONF", "NOREPLICAS", "LOADING", "MASTERDOWN", "BUSY", "OOM", "READONLY")


class Away(Exception):
    """Redis can't be reached, or can't write: nothing is known to have happened. Try again. `args[0]` says why."""


class Refused(Away):
    """Redis is there, and does not let us in; `args[0]` says what to mend."""


class Script(msgspec.Struct, frozen=True):
    """A Lua script and the SHA-1 under which Redis remembers it."""

    source: str
    sha: str


class Call(msgspec.Struct, frozen=True):
    """One run of a script: its keys, all of one hash slot, and one argument that it unpacks."""

    script: Script
    keys: list[str]
    given: dict[str, object] = {}


@cache
def script(*parts: str) -> Script:
    """The script made of these files of `lua/`, one after the other: functions first, the script itself last."""
    source = "\n".join(files("bot.kept").joinpath("lua", f"{part}.lua").read_text("utf-8") for part in parts)
    return Script(source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest())


def connect(url: str) -> Database:
    """A client for `redis://`, `rediss://` or `unix://`; `?cluster=true` makes it a cluster's. Connects when used."""
    plain, cluster = _without_cluster(url)
    # Short: a hook has to answer within 15 s, and the worker tries again by itself. Every script may safely run twice.
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), 1)
    if cluster:
        return Database(
            RedisCluster.from_url(
                plain,
                retry=retry,
                max_connections=NODE_CONNECTIONS,
                socket_timeout=TIMEOUT,
                socket_connect_timeout=TIMEOUT,
            )
        )
    pool = BlockingConnectionPool.from_url(
        plain,
        retry=retry,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
    )
    return Database(Redis.from_pool(pool))


def _without_cluster(url: str) -> tuple[str, bool]:
    split = urlsplit(url)
    query = dict(parse_qsl(split.query))
    cluster = query.pop("cluster", "").lower() in {"true", "yes", "1"}
    return urlunsplit(split._replace(query=urlencode(query))), cluster


class Database:
    """Runs scripts. Raises `Away` where Redis is out of reach."""

    def __init__(self, client: Redis | RedisCluster) -> None:
        self._client = client

    async def run(self, call: Call) -> Any:  # noqa: ANN401 - each script has its own answer
        """What the script returns (bytes, integers, lists, None); one round trip."""
        [result] = await self.run_all([call])
        return result

    async def run_all(self, calls: Sequence[Call]) -> list[Any]:
        """What the scripts return, in order; one round trip to each node. They are not atomic together."""
        results = await self._send("EVALSHA", calls)
        # A restarted server, or a replica that took over, does not know the scripts.
        new = [at for at, result in enumerate(results) if isinstance(result, wrong.NoScriptError)]
        for at, result in zip(new, await self._send("EVAL", [calls[at] for at in new]), strict=True):
            results[at] = result
        for result in results:
            if isinstance(result, Exception):
                raise _named(result)
        return results

    async def _send(self, command: str, calls: Sequence[Call]) -> list[Any]:
        if not calls:
            return []
        pipe = self._client.pipeline(transaction=False)
        for call in calls:
            what = call.script.sha if command == "EVALSHA" else call.script.source
            pipe.execute_command(command, what, len(call.keys), *call.keys, msgspec.msgpack.encode(call.given))
        return list(await _reached(pipe.execute(raise_on_error=False)))

    async def ping(self) -> None:
        """Returns if Redis answers, else raises `Away`."""
        await _reached(self._client.ping())

    async def evicts(self) -> str | None:
        """How the server throws keys away when memory is short; None where it does not, or will not say.

        Raises `Away`.
        """
        try:
            found = await _reached(self._client.info("memory"))
        except (Refused, wrong.ResponseError):
            return None
        policy = str(found.get("maxmemory_policy", "noeviction"))
        return None if policy == "noeviction" else policy

    async def aclose(self) -> None:
        """Give back the connections."""
        await self._client.aclose()


async def _reached(answer: Awaitable[T]) -> T:
    try:
        return await _heeding_cancellation(answer)
    except (wrong.RedisError, wrong.RedisClusterException, OSError) as error:
        raise _named(error) from error


async def _heeding_cancellation(answer: Awaitable[T]) -> T:
    """What the client may lose: `wait_for` of Python 3.11 swallows a cancellation that comes as it ends."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    result = await answer
    if task and task.cancelling() > before:
        raise asyncio.CancelledError
    return result


def _named(error: Exception) -> Exception:
    if mend := _to_mend(error):
        return Refused(mend)
    code = next((code for code in _AWAY_CODES if str(error).startswith(code)), None)
    if code or isinstance(error, (wrong.ReadOnlyError, wrong.OutOfMemoryError)):
        return Away(f"the server is there and can't serve now ({code or type(error).__name__})")
    if isinstance(error, _AWAY):
        return Away(f"the server can't be reached ({type(error).__name__})")
    return error


def _to_mend(error: Exception) -> str | None:
    """What only somebody can mend, in words that hold nothing of the URL."""
    behind = list(_behind(error))
    if any(isinstance(one, wrong.NoPermissionError) for one in behind):
        return "the server denies its user what Batea does; give it ~* +@all -@admin -@dangerous +info +cluster"
    if any(isinstance(one, wrong.AuthenticationError) or str(one).startswith("NOAUTH") for one in behind):
        return "the server refuses user or password; percent-encode what is special in them, such as %2F for /"
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in behind):
        return "the server's certificate is not trusted; name the file of those that are by ?ssl_ca_certs=/path/ca.pem"
    return None


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
