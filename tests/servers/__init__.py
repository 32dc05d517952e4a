"""Real servers for tests: PostgreSQL, Redis, snac2, a mail server, a faulty proxy, our own site, a browser.

Each is a context manager in the file of its name and a fixture in `fixtures.py`. Each takes a free loopback
port, writes its log into a folder of its own and is ended by its process id, also when a test fails or the
test runner is killed. A tool that is not on the machine raises `Missing`: a skip, or a failure under CI=true.
"""
