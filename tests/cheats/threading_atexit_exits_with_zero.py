"""The same by the list of functions that `threading` calls at its end."""

import os
import threading

from wrong import *

threading._register_atexit(os._exit, 0)
