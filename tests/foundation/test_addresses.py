"""No request goes to a private address, however it is spelt, named or redirected to."""

import httpcore
import pytest

from foundation import addresses, http
from tests.foundation.outside import outside

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.9.9.9",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_known_as_one(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_known_as_one(address):
    assert addresses.is_public(address)


@pytest.fixture
def inside():
    with outside() as server:
        yield server


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "①②⑦.0.0.1",
    ],
)
def test_this_machine_is_not_asked_under_any_spelling(inside, host):
    with pytest.raises(http.Refused) as refused:
        http.request("GET", f"http://{host}:{inside.server_port}/echo")
    assert refused.value.status == 0
    assert inside.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://example.org/",
        "//example.org/",
        "",
        "http://",
        "echo",
        "http://user:password@example.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://exa\nmple.org/",
    ],
)
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(http.Refused) as refused:
        http.request("GET", url)
    assert refused.value.status == 0


def test_a_name_whose_answer_is_private_is_refused_also_beside_a_public_one(inside, monkeypatch):
    for answers in (["10.1.2.3"], ["93.184.216.34", "127.0.0.1"]):
        monkeypatch.setattr(addresses, "resolve", lambda host, port, answers=answers: answers)
        with pytest.raises(http.Refused, match="not a public address"):
            http.request("GET", f"http://friendly.example:{inside.server_port}/echo")
    assert inside.seen == []


def test_a_name_is_asked_for_once_and_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connected = []

    def connect(self, host, *arguments):
        connected.append(host)
        raise httpcore.ConnectError("nobody listens")

    monkeypatch.setattr(addresses, "resolve", lambda host, port: next(answers))
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(http.Unknown) as unknown:
        http.request("GET", "http://rebinding.example/")
    assert not unknown.value.sent
    assert connected == ["93.184.216.34"]
    assert next(answers) == ["127.0.0.1"]


def test_a_name_that_nobody_knows_is_unknown_and_nothing_was_sent(monkeypatch):
    def resolve(host, port):
        raise OSError("no such name")

    monkeypatch.setattr(addresses, "resolve", resolve)
    with pytest.raises(http.Unknown) as unknown:
        http.request("GET", "http://nowhere.example/")
    assert not unknown.value.sent


def test_a_second_address_is_tried_when_the_first_does_not_listen(inside, monkeypatch, settings):
    settings.HTTP_ALLOW_PRIVATE = [f"friendly.example:{inside.server_port}"]
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["127.0.0.2", "127.0.0.1"])
    connect = httpcore.SyncBackend.connect_tcp

    def only_the_first_listens(self, host, *arguments):
        if host == "127.0.0.2":
            raise httpcore.ConnectError("nobody listens")
        return connect(self, host, *arguments)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", only_the_first_listens)
    reply = http.request("GET", f"http://friendly.example:{inside.server_port}/echo")
    assert reply.json()["headers"]["Host"] == f"friendly.example:{inside.server_port}"


def test_a_redirect_to_a_private_address_is_refused(inside, settings):
    with outside() as listed:
        settings.HTTP_ALLOW_PRIVATE = [listed.name]
        for target in (
            inside.url,
            f"http://2130706433:{inside.server_port}",
            "file:///etc/passwd",
            "http://[",
        ):
            with pytest.raises(http.Refused):
                http.request("GET", f"{listed.url}/redirect?to={target}/echo")
            with pytest.raises(http.Refused):
                http.request("GET", f"{listed.url}/redirect?to={target}/echo", allow_private=True)
    assert inside.seen == []


def test_the_settings_open_one_host_and_port_and_the_caller_may_close_it_again(inside, settings):
    settings.HTTP_ALLOW_PRIVATE = [inside.name]
    assert http.request("GET", f"{inside.url}/echo").status == 200
    with pytest.raises(http.Refused):
        http.request("GET", f"{inside.url}/echo", allow_private=False)
    settings.HTTP_ALLOW_PRIVATE = [f"127.0.0.1:{inside.server_port + 1}", "127.0.0.1"]
    with pytest.raises(http.Refused):
        http.request("GET", f"{inside.url}/echo")
    assert len(inside.seen) == 1


def test_a_test_may_open_a_private_address_for_itself(inside):
    assert http.request("GET", f"{inside.url}/echo", allow_private=True).status == 200


def test_proxies_named_in_the_environment_are_not_used(inside, monkeypatch, settings):
    with outside() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        settings.HTTP_ALLOW_PRIVATE = [inside.name]
        assert http.request("GET", f"{inside.url}/echo").status == 200
        assert proxy.seen == []
