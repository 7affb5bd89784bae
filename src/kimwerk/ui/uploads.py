"""Files on their way in are counted as they come: what is larger than any page takes is not even stored."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MARK: Final = "kimwerk.upload_is_too_large"
PATIENCE: Final = 4
"""A body of so many times the limit is not even received to its end, at the price of a bare error in the browser."""


class CappedUpload(FileUploadHandler):
    """Stops at the limit UPLOAD_LIMIT; the page then says so in the place of the file."""

    chunk_size = 256 * 1024
    received = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Count, and pass on to the handlers behind."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            raise StopUpload(connection_reset=self._mark() > PATIENCE * settings.UPLOAD_LIMIT)
        return raw_data

    def _mark(self) -> int:
        """Leave a mark for the page; the size of the whole request as the browser announced it."""
        if self.request is None:
            return 0
        self.request.META[MARK] = True
        announced = str(self.request.META.get("CONTENT_LENGTH") or "0")
        return int(announced) if announced.isdecimal() else 0

    def file_complete(self, file_size: int) -> None:
        """Keeping the file is the work of the handlers behind."""


def is_too_large(request: object) -> bool:
    """Whether a file of this request was cut off at the limit."""
    meta = getattr(request, "META", {})
    return bool(meta.get(MARK))
