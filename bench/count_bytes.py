"""The floor: reads files and counts their lines, as little as reading them can be."""

import sys

count = 0
for path in sys.argv[1:]:
    with open(path, "rb", buffering=0) as file:
        block = bytearray(1 << 18)
        while length := file.readinto(block):
            count += block.count(b"\n", 0, length)
print(count)
