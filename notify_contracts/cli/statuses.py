"""What a command ends with: 0 where all is well, and otherwise one of these."""

NOT_WELL = 1
COULD_NOT_RUN = 2
SIGNALLED = 128
"""To which the number of the signal is added that has ended the command, as shells do."""
