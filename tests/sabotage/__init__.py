"""Tests of the tests: bugs that are planted on purpose, each of which a test must find. `make sabotage` runs them."""

from tests.sabotage import files, finding, receiving, rights, sending, store, talk
from tests.sabotage.plants import Plant

PLANTS: tuple[Plant, ...] = (
    *receiving.PLANTS,
    *rights.PLANTS,
    *sending.PLANTS,
    *files.PLANTS,
    *finding.PLANTS,
    *store.PLANTS,
    *talk.PLANTS,
)
