"""Files that models need: fetched, checked, unpacked."""
