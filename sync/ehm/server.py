"""Serves the EHM on a loopback or given address, and says when it is ready."""

from __future__ import annotations

import gc
import os
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI


def listen(host: str, port: int) -> socket.socket:
    """A socket to serve at. Port 0: a free one."""
    return socket.create_server((host, port))


def serve(app: FastAPI, listener: socket.socket, ready_file: Path | None) -> None:
    """Serves until told to stop.

    Once requests are answered the port is printed and, in decimal, in ``ready_file``.
    """
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False
    )
    server = _Announcing(config, listener.getsockname()[1], ready_file)
    _collect_seldom()
    server.run(sockets=[listener])


def _collect_seldom() -> None:
    """Messages are many objects without circles: to look for those took a quarter of a hand-in."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, port: int, ready_file: Path | None) -> None:
        super().__init__(config)
        self._port = port
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        print(f"ready on port {self._port}", flush=True)  # noqa: T201 - a command's answer
        if self._ready_file is not None:
            unfinished = self._ready_file.with_suffix(".unfinished")
            unfinished.write_text(str(self._port), encoding="ascii")
            os.replace(unfinished, self._ready_file)  # noqa: PTH105
