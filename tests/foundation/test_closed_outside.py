"""The tests themselves keep to this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.foundation.outside import outside


def test_no_test_reaches_beyond_this_machine():
    with pytest.warns(UserWarning, match="A test tried"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("93.184.216.34", 80), timeout=1)


def test_loopback_stays_open_for_servers_of_our_own():
    with outside() as server:
        socket.create_connection(("127.0.0.1", server.server_port), timeout=5).close()
