import asyncio

import pytest

from crawler.net.guard import Origins
from crawler.net.tunnel import FAILED, READY, REFUSED, Tunnel

OFFICIAL = {"page": "https://x.com", "api": "https://localhost"}


@pytest.fixture
async def echo():
    """A server that sends back what it gets, in capitals."""

    async def serve(reader, writer):
        while data := await reader.read(1000):
            writer.write(data.upper())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


async def said(tunnel, *parts):
    """What comes back through the tunnel until it closes or has been silent for a while."""
    host, port = tunnel.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    answer = b""
    try:
        for part in parts:
            writer.write(part)
            async with asyncio.timeout(1):
                answer += await reader.read(1000)
    finally:
        writer.close()
    return answer


def connect(target):
    return f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()


def allowing(*bases):
    return Origins(OFFICIAL, {f"stand-in-{number}": base for number, base in enumerate(bases)}, ()).check


@pytest.mark.parametrize(
    "head",
    [
        connect("elders.example:443"),
        connect("169.254.169.254:443"),
        connect("x.com:22"),
        connect("[::1]:443"),
        b"GET http://x.com/ HTTP/1.1\r\n\r\n",
        b"GET http://127.0.0.1:1/ HTTP/1.1\r\n\r\n",
        b"GET file:///etc/passwd HTTP/1.1\r\n\r\n",
    ],
)
async def test_what_is_not_on_the_list_is_refused(head):
    async with Tunnel(allowing(), 1000) as tunnel:
        assert await said(tunnel, head) == REFUSED


async def test_a_host_of_the_list_that_leads_inside_is_not_connected():
    async with Tunnel(allowing(), 1000) as tunnel:
        assert await said(tunnel, connect("localhost:443")) == FAILED


@pytest.mark.parametrize("head", [b"onzin\r\n\r\n", b"\xff\xfe a b\r\n\r\n", b"x" * 100_000])
async def test_what_is_no_request_ends_the_connection(head):
    async with Tunnel(allowing(), 1000) as tunnel:
        assert await said(tunnel, head) == b""


async def test_bytes_go_both_ways_to_an_allowed_host(echo):
    async with Tunnel(allowing(f"https://{echo}"), 1000) as tunnel:
        assert await said(tunnel, connect(echo), b"hallo") == READY + b"HALLO"


async def test_a_plain_request_goes_on_with_its_path_and_without_the_words_for_a_proxy(echo):
    head = f"GET http://{echo}/a?b HTTP/1.1\r\nHost: h\r\nProxy-Connection: keep-alive\r\n\r\n".encode()
    async with Tunnel(allowing(f"http://{echo}"), 1000) as tunnel:
        assert await said(tunnel, head) == b"GET /A?B HTTP/1.1\r\nCONNECTION: CLOSE\r\nHOST: H\r\n\r\n"


async def test_no_more_comes_in_than_the_limit(echo):
    async with Tunnel(allowing(f"https://{echo}"), 1000) as tunnel:
        before = tunnel.full
        answer = await said(tunnel, connect(echo), b"x" * 900, b"x" * 900, b"x")
        after = tunnel.full
    assert (before, after) == (False, True)
    assert len(answer) - len(READY) <= 1800


async def test_a_host_that_does_not_answer_is_told(echo):
    async with Tunnel(allowing("https://127.0.0.1:1"), 1000) as tunnel:
        assert await said(tunnel, connect("127.0.0.1:1")) == FAILED
