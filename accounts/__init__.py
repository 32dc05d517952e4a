"""People, agencies and who may do what for whom; how somebody shows that an address is theirs.

Floor: threshold. It knows the ground and nothing above.
Door: `accounts.services` writes, `accounts.queries` reads, `accounts.roles` names the roles,
`accounts.signals` tells when a code was asked for or a person was erased.
"""
