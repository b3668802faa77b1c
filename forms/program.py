"""The version of this program, which packs and the EHM ask for."""

VERSION = "0.1.0"
