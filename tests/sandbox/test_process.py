"""The server as a process of its own."""

import asyncio
import signal
import sys

from dealer_bot.sandbox import SandboxClient


async def test_it_tells_its_address_serves_and_stops_when_told(tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dealer_bot.sandbox", "--port", "0", "--files", str(tmp_path), "--token", "77:abc"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        assert line.startswith("Bot API server: http://127.0.0.1:")
        async with SandboxClient(line.split()[-1]) as tg:
            anna = await tg.person("Анна", phone="+375291112233")
            await anna.starts()
            assert (await tg.bot())["waiting"] == 1
            assert [message.text for message in await anna.chat()] == ["/start"]
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
