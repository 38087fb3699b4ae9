"""The local store: the chDB engine behind the ClickHouse HTTP protocol, so that a laptop needs no server.

`python -m deploy.store` owns one data folder. It is no database of our own: a client cannot tell it from a
ClickHouse server, except that it has two logins (a writer and a reader) and knows no sessions.

One request passes: app (HTTP), logins, body, request (what is asked), pool, guard (readers), session (chDB).
"""
