"""What the commands print: one module a command, one function an action."""
