"""Never imported: the interpreter has loaded its own before it looks at this folder, here as everywhere."""

raise ImportError("the wrong types.py")
