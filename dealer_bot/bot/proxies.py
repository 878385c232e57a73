"""To Telegram through the dealership's proxy."""

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

_NO_WAY = (ProxyError, ProxyConnectionError, ProxyTimeoutError, aiohttp.ClientError, OSError)


class ThroughProxy(ProxyConnector):
    """Where aiohttp knows no error for what a proxy does, it means one thing: Telegram was not reached."""

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """A connection that leads to Telegram. Raises aiohttp.ClientProxyConnectionError: nothing was sent."""
        try:
            return await super().connect(req, traces, timeout)
        except _NO_WAY as error:
            raise aiohttp.ClientProxyConnectionError(req.connection_key, OSError(None, str(error))) from error
