"""systemd's manager of sessions on a bus of the test's own, in a process of its own.

    python fake_login.py ADDRESS yes|no

It gives a lock as the real one does, or refuses as it does to who is not allowed, and prints what
it is asked and when the lock is let go.
"""

# ruff: noqa: T201 - what it prints is what it is for
import os
import sys

from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import Proxy, open_dbus_connection

REFUSAL = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired"


def main(address: str, answer: str) -> None:
    connection = open_dbus_connection(address, enable_fds=True)
    Proxy(message_bus, connection).RequestName("org.freedesktop.login1")
    print("ready", flush=True)
    message = connection.receive()
    while message.header.message_type is not MessageType.method_call:
        message = connection.receive()
    print(message.header.fields[HeaderFields.member], *message.body, flush=True)
    if answer == "no":
        connection.send(new_error(message, REFUSAL, "s", ("Authentication required.",)))
        return
    reader, writer = os.pipe()
    connection.send(new_method_return(message, "h", (writer,)))
    os.close(writer)
    os.read(reader, 1)  # nothing is ever written: it ends when the other end is closed
    print("let go", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
