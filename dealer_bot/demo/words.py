"""The two languages of the demo, side by side where each sentence is used."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """Chooses between a Russian and an English sentence by the setting LANGUAGE."""

    language: str

    def __call__(self, russian: str, english: str) -> str:
        return english if self.language == "en" else russian

    def size(self, count: int) -> str:
        """Bytes as people read them: 812 Б, 26,1 КБ."""
        if count < 1024:
            return f"{count} {self('Б', 'B')}"
        kilobytes = f"{count / 1024:.1f} {self('КБ', 'KB')}"
        return kilobytes if self.language == "en" else kilobytes.replace(".", ",")

    def kind(self, kind: str) -> str:
        """A kind of media by its name on the wire."""
        return self(_KINDS.get(kind, kind), kind.replace("_", " "))


_KINDS = {
    "photo": "фото",
    "video": "видео",
    "document": "файл",
    "voice": "голосовое сообщение",
    "video_note": "видеосообщение",
    "contact": "контакт",
}
