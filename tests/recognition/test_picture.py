"""Any file is opened as a picture of a size that can be worked on, or refused."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dealer_bot.recognition.picture import LONG_SIDE, Unreadable, opened

PAGE = Image.new("RGB", (400, 300), "white")
PAGE.paste("black", (0, 0, 100, 50))


def _saved(tmp_path: Path, kind: str, image: Image.Image = PAGE, **options: object) -> Path:
    path = tmp_path / f"picture.{kind}"
    image.save(path, **options)
    return path


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "gif", "bmp", "tiff"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_every_usual_kind_of_picture_is_opened(tmp_path: Path, kind: str, mode: str) -> None:
    image = PAGE.convert(mode)
    if (kind, mode) in {("jpg", "P"), ("jpg", "1")}:
        image = PAGE
    if kind == "webp":
        image = image.convert("RGB")
    grey = opened(_saved(tmp_path, kind, image))
    assert grey.shape == (300, 400)
    assert grey[20, 50] < 40 and grey[200, 300] > 215


def test_a_printers_colours_are_grey_too(tmp_path: Path) -> None:
    grey = opened(_saved(tmp_path, "jpg", PAGE.convert("CMYK")))
    assert grey[20, 50] < 60 and grey[200, 300] > 200


def test_sixteen_bits_a_pixel_are_eight(tmp_path: Path) -> None:
    deep = Image.fromarray(np.asarray(PAGE.convert("L")).astype(np.uint16) * 200)
    grey = opened(_saved(tmp_path, "png", deep))
    assert grey[20, 50] == 0 and grey[200, 300] == 255


def test_what_is_see_through_lies_on_white_paper(tmp_path: Path) -> None:
    glass = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), (0, 0, 100, 50))
    grey = opened(_saved(tmp_path, "png", glass))
    assert grey[20, 50] == 0 and grey[200, 300] == 255


def test_of_a_moving_picture_the_first_one_counts(tmp_path: Path) -> None:
    black = Image.new("RGB", (400, 300))
    grey = opened(_saved(tmp_path, "gif", PAGE, save_all=True, append_images=[black]))
    assert grey[200, 300] > 215


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_its_camera_was_held(tmp_path: Path, orientation: int) -> None:
    """Each orientation undoes one way of turning: whatever it says, the same page comes out."""
    undone = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = PAGE.transpose(undone[orientation]) if orientation in undone else PAGE
    grey = opened(_saved(tmp_path, "jpg", image, exif=exif.tobytes()))
    assert grey.shape == (300, 400)
    assert grey[20, 50] < 40 and grey[280, 380] > 215 and grey[20, 380] > 215 and grey[280, 50] > 215


def test_a_large_photo_is_unpacked_at_a_size_to_work_on(tmp_path: Path) -> None:
    grey = opened(_saved(tmp_path, "jpg", Image.new("L", (9000, 6700), 200), quality=30))
    assert max(grey.shape) == LONG_SIDE


def _bomb() -> bytes:
    """A few hundred kilobytes that unpack to a picture of ten gigapixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _grey_jpeg(wide: int, high: int) -> bytes:
    """A whole one of any size, all of one grey: each of its blocks is the same six bits."""
    kept = io.BytesIO()
    Image.new("L", (8, 8), 128).save(kept, "JPEG")
    header, size = kept.getvalue(), struct.pack(">HH", 8, 8)
    scan = header.index(b"\xff\xda")
    end = scan + 2 + header[scan + 3]
    assert header.count(size) == 1
    blocks = (-(-wide // 8) * -(-high // 8) + 3) // 4
    return header[:end].replace(size, struct.pack(">HH", high, wide)) + b"\x28\xa2\x8a" * blocks + b"\xff\xd9"


def _jpeg() -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((800, 600), 80).save(kept, "JPEG")
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.4 no picture", id="a document"),
        pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(900), id="heic"),
        pytest.param(_jpeg()[:9000], id="truncated"),
        pytest.param(_jpeg()[:30], id="a header alone"),
        pytest.param(_bomb(), id="a bomb"),
    ],
)
def test_what_is_no_whole_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        opened(path)


def test_a_file_that_is_gone_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(Unreadable):
            opened(path)


def test_a_whole_picture_of_too_many_pixels_is_refused_by_what_its_header_says(tmp_path: Path) -> None:
    just_fits, too_large = _saved(tmp_path, "png", Image.new("1", (8000, 4000), 1)), tmp_path / "too large.png"
    Image.new("1", (8000, 4001), 1).save(too_large)
    assert opened(just_fits).shape == (LONG_SIDE // 2, LONG_SIDE)
    with pytest.raises(Unreadable):
        opened(too_large)


def test_a_jpeg_may_have_more_pixels_for_it_is_unpacked_small_but_not_without_end(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(_grey_jpeg(8000, 4400))
    assert (opened(path) == 128).all()
    path.write_bytes(_grey_jpeg(22_000, 10_001))
    with pytest.raises(Unreadable):
        opened(path)


def test_what_is_narrower_than_a_symbol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        opened(_saved(tmp_path, "png", Image.new("L", (7, 4000))))
    assert opened(_saved(tmp_path, "png", Image.new("L", (8, 400)))).shape == (400, 8)
