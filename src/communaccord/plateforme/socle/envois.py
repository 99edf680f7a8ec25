"""Files sent by visitors stay in memory, within a bound: nothing is written to the disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class EnvoiBorne(FileUploadHandler):
    """Keeps one byte more than the bound and drops the rest: whoever reads the file sees that it is too large.

    No form asks for more than one file: what follows the first is dropped.
    """

    commence = False

    @property
    def maximum(self) -> int:
        """Bytes that a file may have."""
        return settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.commence:
            raise SkipFile
        self.commence = True
        super().new_file(*args, **kwargs)
        self.contenu = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (the name is Django's)
        place = self.maximum + 1 - self.contenu.tell()
        self.contenu.write(raw_data[: max(place, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002 (the name is Django's)
        taille = self.contenu.tell()
        self.contenu.seek(0)
        return InMemoryUploadedFile(
            self.contenu,
            self.field_name,
            self.file_name,
            self.content_type,
            taille,
            self.charset,
            self.content_type_extra,
        )
