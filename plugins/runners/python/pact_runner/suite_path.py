"""The working folder and the import path of a suite: as `python -m pytest` in its root has them."""

import os
import sys

from pact_runner import shelf


def enter(root: str, import_paths: list[str], packages: str | None) -> None:
    """Makes `root` the working folder, and the import path: the suite's folders, the root, the packages."""
    # The interpreter starts in `/`, which does not exist.
    os.chdir(root)
    folders = [os.path.normpath(os.path.join(root, folder)) for folder in import_paths] + [root]
    if packages is not None:
        folders.append(packages)
    sys.path[:] = list(dict.fromkeys(folders))
    sys.path_importer_cache.clear()
    # The interpreter was started with none.
    sys.argv[:] = ["pytest"]
    if shelf.SHELF is not None:
        shelf.SHELF.packages = packages
