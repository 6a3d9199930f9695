"""What the rules mean: the pure core, which imports only the standard library.

``decide`` turns a case and an event into a new case and what is to be done about it. It reads no clock,
does no I/O and draws no random number, so the engine, the simulator, the verifier, recovery and the tests
can all call the same function.
"""
