"""Films the sample video of the demo from a drawn picture: python scripts/film_sample.py.

The film is in the repository; run this only to change it.
"""

from pathlib import Path

import cv2

SAMPLES = Path(__file__).resolve().parent.parent / "dealer_bot" / "samples"
PICTURE, FILM = SAMPLES / "on_the_lift.jpg", SAMPLES / "around_the_lift.mp4"
WIDTH, HEIGHT, RATE, SECONDS = 480, 270, 12, 3


def main() -> None:
    """The camera moves from the left end of the car to the right one."""
    picture = cv2.resize(cv2.imread(str(PICTURE)), (800, 600))
    # VP9: of what OpenCV can write into an mp4, the one that every browser plays.
    film = cv2.VideoWriter(str(FILM), cv2.VideoWriter.fourcc(*"vp09"), RATE, (WIDTH, HEIGHT))
    frames = RATE * SECONDS
    for number in range(frames):
        left = (800 - WIDTH) * number // (frames - 1)
        film.write(picture[120 : 120 + HEIGHT, left : left + WIDTH])
    film.release()


if __name__ == "__main__":
    main()
