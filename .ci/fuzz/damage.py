"""Ways to damage the bytes of a file, the same for the same seed."""


def damaged(data, draw, region=None):
    """The bytes with one to eight flipped, a part cut, blanked, doubled or overwritten.

    `region`: the first and last byte (exclusive) that may be hit, where only that part is meant; nothing moves then.
    """
    data = bytearray(data)
    if region:
        return bytes(struck(data, draw, *region))
    kind = draw.randrange(6)
    # Headers are where damage tells most: half of all blows fall on the first 512 bytes.
    limit = max(1, min(len(data), 512) if draw.randrange(2) else len(data))
    if kind <= 1:
        flip(data, draw, 0, limit)
    elif kind == 2:
        del data[draw.randrange(limit):]
    elif kind == 3:
        first = draw.randrange(limit)
        length = 1 + draw.randrange(64)
        data[first:first + length] = bytes(len(data[first:first + length]))
    elif kind == 4:
        first = draw.randrange(limit)
        data[first:first] = data[first:first + 1 + draw.randrange(64)]
    else:
        for _ in range(1 + draw.randrange(4)):
            data[draw.randrange(limit)] = draw.choice((0, 255, 127, 128, draw.randrange(256)))
    return bytes(data)


def struck(data, draw, first, end):
    """Bits flipped, or a run of bytes replaced by noise, within a region."""
    if draw.randrange(2):
        flip(data, draw, first, end)
    else:
        start = draw.randrange(first, end)
        for place in range(start, min(end, start + 1 + draw.randrange(200))):
            data[place] = draw.randrange(256)
    return data


def flip(data, draw, first, end):
    for _ in range(1 + draw.randrange(8)):
        data[draw.randrange(first, end)] ^= 1 << draw.randrange(8)
