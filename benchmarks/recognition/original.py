"""Plates as the present bot reads them: a Haar cascade finds, tesseract reads a line (psm 7).

`python -m benchmarks.recognition.original` answers each path on its stdin with the plate that was read. It needs
OpenCV 4 first on PYTHONPATH, since version 5 has neither cascades nor their class: `pip install --no-deps --target
FOLDER opencv-python-headless==4.10.0.84`. It may use a whitelist and every place the cascade finds, the largest first.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import cv2
import pytesseract

from dealer_bot.domain.plates import is_whole_plate, plate_key

_CASCADE = "haarcascade_russian_plate_number.xml"
_CONFIG = "--psm 7 -c tessedit_char_whitelist=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"


class Original:
    """The way of the present bot, in a process with an OpenCV of its own."""

    @staticmethod
    @cache
    def by(opencv4: Path) -> "Original":
        """One process for all pictures; it ends with its stdin."""
        return Original(opencv4)

    def __init__(self, opencv4: Path) -> None:
        environment = os.environ | {"PYTHONPATH": str(opencv4), "OMP_THREAD_LIMIT": "1"}
        command = (sys.executable, "-m", "benchmarks.recognition.original")
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)

    def read(self, picture: Path) -> str:
        """A plate key, or nothing."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(picture, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()


def main() -> None:
    cv2.setNumThreads(1)
    cascade = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / _CASCADE))
    for line in sys.stdin:
        grey = cv2.cvtColor(cv2.imread(line.strip()), cv2.COLOR_BGR2GRAY)
        found = sorted(cascade.detectMultiScale(grey, 1.1, 4), key=lambda box: -int(box[2]))
        texts = [pytesseract.image_to_string(grey[y : y + h, x : x + w], config=_CONFIG) for x, y, w, h in found]
        print(next((key for key in map(plate_key, texts) if is_whole_plate(key)), ""), flush=True)


if __name__ == "__main__":
    main()
