"""What the providers share: connection, errors, parameters that are left out, reading answers."""
