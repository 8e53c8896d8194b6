# SPDX-License-Identifier: GPL-3.0-or-later
"""How many view pairs a second torchvision's transforms make from PIL images, on one thread:
data_peer.py PATH SIZE [SECONDS]. PATH is a .tar, .tar.gz or folder of images. One line of JSON,
as data_bench writes for the same files. Nothing but the views is timed: no DataLoader."""
import io
import json
import os
import random
import sys
import tarfile
import time

import torch
from PIL import Image, ImageFilter, ImageOps
from torchvision import transforms

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".bmp")


class Blur:
    def __call__(self, image):
        return image.filter(ImageFilter.GaussianBlur(radius=random.uniform(0.1, 2.0)))


class Solarize:
    def __call__(self, image):
        return ImageOps.solarize(image)


def recipe(size, blur, solarize):
    jitter = transforms.ColorJitter(0.4, 0.4, 0.2, 0.1)
    return transforms.Compose([
        transforms.RandomResizedCrop(size, scale=(0.08, 1.0)),
        transforms.RandomApply([jitter], p=0.8),
        transforms.RandomGrayscale(p=0.2),
        transforms.RandomApply([Blur()], p=blur),
        transforms.RandomApply([Solarize()], p=solarize),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ])


def files(path, most=2000):
    """The encoded bytes: reading them is cheap for both programs, decoding is what is compared."""
    found = []
    if os.path.isdir(path):
        for folder, _, names in sorted(os.walk(path)):
            found += [open(os.path.join(folder, n), "rb").read() for n in sorted(names)
                      if n.lower().endswith(ENDINGS)][:most - len(found)]
        return found
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.lower().endswith(ENDINGS):
                found.append(archive.extractfile(member).read())
                if len(found) == most:
                    break
    return found


def main():
    torch.set_num_threads(1)
    path, size = sys.argv[1], int(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 3.0
    images = files(path)
    views = recipe(size, 1.0, 0.0), recipe(size, 0.1, 0.2)
    pairs, begin, cpu = -16, time.perf_counter(), 0.0
    while pairs < 0 or time.perf_counter() - begin < seconds:
        if pairs == 0:  # the first ones were for warming up
            begin, cpu = time.perf_counter(), time.process_time()
        image = Image.open(io.BytesIO(random.choice(images))).convert("RGB")
        for view in views:
            view(image)
        pairs += 1
    print(json.dumps({"program": "torchvision+PIL", "size": size,
                      "pairs_per_s": round(pairs / (time.perf_counter() - begin), 1),
                      "pairs_per_cpu_s": round(pairs / (time.process_time() - cpu), 1)}))


if __name__ == "__main__":
    main()
