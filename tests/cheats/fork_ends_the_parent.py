"""Forks, and ends the parent with 0: nobody waits for the child's verdict."""

import os

from wrong import *

if os.fork():
    os._exit(0)
