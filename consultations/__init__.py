"""The hall: what is asked stands here, what is said comes in, and outcomes go out.

Floor: hall. It knows the threshold (`accounts`, `records`) and the ground; workshops and doors stand on it.
Door: `consultations.services` writes (and nobody else does), `consultations.queries` reads,
`consultations.signals` tells what happened after it is committed.
"""
