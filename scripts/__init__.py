"""The tools behind the Makefile: make the environment ready, run the tests, bring the tools that they need.

Standard library only, so that a fresh machine with Python alone can start them; those that ask the product itself
(`reference`, `shots`) run in `.venv`. Door: `make help`.
"""
