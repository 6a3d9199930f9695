"""Ctrl-C and SIGTERM as something to wait for."""

import asyncio
import signal


def stopped_by_signal() -> asyncio.Event:
    """An event of the running loop that Ctrl-C or SIGTERM sets."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
