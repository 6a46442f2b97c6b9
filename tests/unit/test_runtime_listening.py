"""How soon a server of ours answers."""

import socket

from runtime.embedded.temporal import free_port
from runtime.listening import take_port


def test_no_piece_of_an_answer_waits_until_the_one_before_is_confirmed() -> None:
    with (
        take_port(f"localhost:{free_port()}", "LISTEN") as listening,
        socket.create_connection(listening.getsockname()),
    ):
        peer, _ = listening.accept()
        with peer:
            assert peer.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
