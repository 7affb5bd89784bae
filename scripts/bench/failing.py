"""What ends a measurement."""


class MeasureFailed(Exception):
    """A page or a job did not do what was to be measured; the message says which and how."""
