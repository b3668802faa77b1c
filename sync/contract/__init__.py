"""The contract between a device and the EHM: all that they share besides the records themselves."""
