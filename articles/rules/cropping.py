"""The part of a picture that other sites show beside a link, around what must stay in view."""

# What the sites ask for (Open Graph), in pixels; a narrower part is shown small, and the whole picture serves better.
WIDTH, HEIGHT = 1200, 630
NARROWEST = 600


def part_shown(width: int, height: int, focal: list[int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the largest part with these proportions, as near to ``focal`` (percent from the
    left and from the top) as the edges let it be."""
    wide = max(1, min(width, height * WIDTH // HEIGHT))
    high = max(1, min(height, round(wide * HEIGHT / WIDTH)))
    left = min(max(round(width * focal[0] / 100 - wide / 2), 0), width - wide)
    top = min(max(round(height * focal[1] / 100 - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def size_shown(width: int, height: int) -> tuple[int, int]:
    """Width and height in which that part is sent: never larger than it is."""
    left, top, right, bottom = part_shown(width, height, [50, 50])
    return (WIDTH, HEIGHT) if right - left >= WIDTH else (right - left, bottom - top)
