"""Stands in for the build backend while pip downloads a source package: pip asks it for name and version only."""

import os


def _header(name):
    with open("PKG-INFO", encoding="utf-8") as file:
        for line in file:
            if line.startswith(name + ":"):
                return line.partition(":")[2].strip()
    raise ValueError(f"PKG-INFO has no {name}")


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    name, version = _header("Name"), _header("Version")
    folder = f"{name.replace('-', '_')}-{version}.dist-info"
    os.makedirs(os.path.join(metadata_directory, folder))
    with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as file:
        file.write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder
