"""Readers without a browser: sessions that speak Streamlit's protocol, so that many of them cost little."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

RERUN_S = 30.0


async def read(port: int, key: str, choices: int | None, think_s: tuple[float, float], seed: int) -> list[float]:
    """Open the app and choose from one select box, again and again.

    Parameters
    ----------
    key
        Key of the select box.
    choices
        How many options to take at random; None takes each one once, in order.
    think_s
        Shortest and longest pause before a choice.

    Returns
    -------
    list of float
        Seconds from each choice to the end of its rerun, without the first run.
    """
    chance = random.Random(seed)
    times = []
    async with session(f"ws://127.0.0.1:{port}/_stcore/stream") as socket:
        first = BackMsg()
        first.rerun_script.query_string = ""
        seen = await rerun(socket, first)
        box = next(
            message.delta.new_element.selectbox
            for message in seen
            if message.delta.new_element.selectbox.id.endswith(f"-{key}")
        )
        told = BackMsg()
        told.rerun_script.page_script_hash = seen[0].new_session.page_script_hash
        state = told.rerun_script.widget_states.widgets.add(id=box.id)
        for label in box.options if choices is None else chance.choices(box.options, k=choices):
            await asyncio.sleep(chance.uniform(*think_s))
            state.string_value = label
            start = time.perf_counter()
            seen = await rerun(socket, told)
            times.append(time.perf_counter() - start)
            for message in seen:
                if message.WhichOneof("type") == "page_info_changed":
                    told.rerun_script.query_string = message.page_info_changed.query_string
    return times


def session(url: str, **options: Any) -> connect:
    """Connection of one reader, to be entered; options are those of :func:`websockets.asyncio.client.connect`."""
    return connect(url, subprotocols=[Subprotocol("streamlit")], max_size=None, **options)


async def rerun(socket: ClientConnection, message: BackMsg) -> list[ForwardMsg]:
    """Ask for a run and hear it to its end."""
    heard = []
    async with asyncio.timeout(RERUN_S):
        await socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await socket.recv(decode=False))
            heard.append(answer)
            if answer.WhichOneof("type") == "script_finished":
                break
    failed = [one for one in heard if one.delta.new_element.WhichOneof("type") == "exception"]
    if failed:
        raise RuntimeError(f"The page answered with an exception: {failed[0].delta.new_element.exception.message}")
    return heard


def visit(port: int, key: str, *, readers: int, choices: int | None, think_s: tuple[float, float]) -> list[float]:
    """Let several readers read at the same time; times of all of them."""

    async def all_of_them() -> list[list[float]]:
        return await asyncio.gather(*(read(port, key, choices, think_s, seed) for seed in range(readers)))

    return [one for times in asyncio.run(all_of_them()) for one in times]
