"""Split isolation: tests in one instance, the tested code in another, values between them.

Both instances are snapshots of the same runner, so most of this serves both. What crosses: `values` and `plain` (data), `declared`
(instances of the contract's types), `errors`, `handles` (what stays where it is), `effects` and `replay` (what was printed, logged
or warned of). How it crosses: `side` (requests and replies), `arguments` (what a call changed), `coroutines`. Who does it: `peer`
for the tests' side and the module `pact_peer` of both, `tested`, `modules`, `draws` and `tracebacks` for the tested side. At build
time `warm_up` lets both sides meet in one interpreter.
"""
