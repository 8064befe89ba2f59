"""Runs pytest suites inside the sandbox and reports each step as a typed call.

A file per noun: what happens at build time is in `snapshot` (which calls `stdlib`, `event_loop`, `limits` and `shelf`),
what happens in a run is in `session` (which uses `suite_path`, `observer`, `order`, `place`, `outcome`, `missing` and `telling`).
`sources`, `tampering` and `equality` (with `callables` and `foils`) are for tested code that shares the interpreter. The
package `split` is for suites whose tested code runs in another instance.
"""
