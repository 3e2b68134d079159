"""The commands that are about more than one question, a file each."""
