"""The user's own."""

import sitecustomize
