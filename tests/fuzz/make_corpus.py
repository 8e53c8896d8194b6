#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_corpus.py FOLDER: the small files that the fuzzing programs start from, as FOLDER/NAME-corpus/…"""
import base64
import collections
import io
import json
import pathlib
import pickle
import struct
import sys
import tarfile
import types
import zipfile
import zlib

# What the standard library cannot write: the same nine by seven pixels in other formats.
IMAGES = {
    "small.jpg":
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71"
        "////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4"
        "+Pj4+Pj4+Pj/wAARCAAHAAkDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAME/8QAGRAAAgMBAAAAAAAAAAAAAAAAAAED"
        "BFEU/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAP/xAAZEQACAwEAAAAAAAAAAAAAAAAAAgEDIRL/2gAMAwEAAhEDEQA/AJw0k8NPCsQB"
        "JdjRTa3J/9k=",
    "progressive.jpg":
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71"
        "////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4"
        "+Pj4+Pj4+Pj/wgARCAAHAAkDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAID/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAL/"
        "2gAMAwEAAhADEAAAAZ0If//EABcQAQADAAAAAAAAAAAAAAAAAAABAhL/2gAIAQEAAQUCijD/xAAXEQADAQAAAAAAAAAAAAAAAAAA"
        "AQIR/9oACAEDAQE/AYp4f//EABURAQEAAAAAAAAAAAAAAAAAAAAB/9oACAECAQE/AY//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oA"
        "CAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/IS//2gAMAwEAAgADAAAAEHv/xAAUEQEAAAAAAAAAAAAAAAAA"
        "AAAA/9oACAEDAQE/ECf/xAAWEQEBAQAAAAAAAAAAAAAAAAAhAAH/2gAIAQIBAT8QWN//xAAXEAADAQAAAAAAAAAAAAAAAAAAAVER"
        "/9oACAEBAAE/EEuGIj//2Q==",
    "small.webp":
        "UklGRkAAAABXRUJQVlA4IDQAAADQAQCdASoJAAcABUB8JbACdAEOuDg5AAD+5f/Mri7PUWnAUGw3jQW9WH+f69keQPGsYAAA",
    "lossless.webp":
        "UklGRjYAAABXRUJQVlA4TCkAAAAvCIABALkyRPQ/dlH+6H9AQds2TMCUP8u3IRgOAklbvO2PCQC8FXD7DAA=",
    "lzw.tif":
        "SUkqANAAAACAACBByBDiBFSBHCBIyBKiBMSBOCBAASAAOCQCDgSAgqCQGHASBBGCQKKgSBhiCQOOASCAAEiLEgEDgkBAqEgMHAkC"
        "BGEgUKgkDBiEgcOAkEAAGyLGwGDg2BgqGwSHA2DBGGweKg2EhiGwqOA2GAAJCLJAIDhICAqJAYHBIEBGJAoKhIGBiJA4OBIIAALS"
        "LLQKDhaCgqLQeHBaFBGLQyKhaHhiLRGOBaKAANiLNgMDhsDAqNgkHBsGBGNg8KhsJBiNhUOBsMCAgAoAAAEDAAEAAAAJAAAAAQED"
        "AAEAAAAHAAAAAgEDAAMAAABOAQAAAwEDAAEAAAAFAAAABgEDAAEAAAACAAAAEQEEAAEAAAAIAAAAFQEDAAEAAAADAAAAFgEDAAEA"
        "AAAHAAAAFwEEAAEAAADIAAAAHAEDAAEAAAABAAAAAAAAAAgACAAIAA==",
}


def png(width, height, depth=8, kind=2):
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[kind]

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" + bytes(width * channels * depth // 8)
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * min(height, 64)))
            + chunk(b"IEND", b""))


def bmp(width, height):
    pixels = bytes(min((3 * width + 3) // 4 * 4 * height, 4000))
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + head + pixels


def images():
    files = {name: base64.b64decode(text) for name, text in IMAGES.items()}
    files |= {"rgb.png": png(5, 4), "grey16.png": png(5, 4, 16, 0), "alpha.png": png(5, 4, 8, 6),
              "absurd.png": png(60000, 60000), "small.bmp": bmp(5, 4), "absurd.bmp": bmp(100000, 100000)}
    return {name: b"\x09" + content for name, content in files.items()}  # the part that is asked for


def tar(members):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, content in members:
            entry = tarfile.TarInfo(name)
            if isinstance(content, str):
                entry.type, entry.linkname = tarfile.SYMTYPE, content
                archive.addfile(entry)
            else:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def tars():
    pax = io.BytesIO()
    with tarfile.open(fileobj=pax, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("train/" + "long" * 60 + ".png")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"data"))
    return {"plain": tar([("train/cat/1.png", b"one"), ("test/cat/2.png", b"two")]),
            "long": tar([("a/" + "b" * 180 + ".png", b"x")]), "pax": pax.getvalue(),
            "upwards": tar([("../evil.png", b"x")]), "absolute": tar([("/etc/evil.png", b"x")]),
            "link": tar([("cat/1.png", "/etc/passwd"), ("cat/2.png", b"x")])}


def cifar():
    small = b"".join(bytes([label]) + bytes(range(256)) * 12 for label in (0, 9))
    large = b"".join(bytes([1, label]) + bytes(3072) for label in (0, 99))
    return {"ten": b"\0" + small, "hundred": b"\1" + large, "cut": b"\0" + small[:-1],
            "label": b"\0" + b"\x0a" + bytes(3072)}


def safetensors():
    def file(header, data):
        text = json.dumps(header).encode()
        return struct.pack("<Q", len(text)) + text + data

    one = {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}
    return {"one": file({"__metadata__": {"step": "1"}, "w": one}, bytes(24)),
            "types": file({"a": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]},
                           "b": {"dtype": "BOOL", "shape": [], "data_offsets": [4, 5]}}, bytes(5)),
            "huge": file({"w": {"dtype": "F32", "shape": [1 << 40, 1 << 40], "data_offsets": [0, 4]}}, bytes(4)),
            "gap": file({"w": {"dtype": "U8", "shape": [1], "data_offsets": [3, 4]}}, bytes(4))}


def torch_pickle():
    """The pickle of {"state_dict": {"w": a 2x3 tensor}, "epoch": 3} as torch writes it, without torch."""
    storage = type("FloatStorage", (), {"__module__": "torch"})

    def rebuild(*arguments):
        return arguments

    rebuild.__module__, rebuild.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    torch.FloatStorage, utils._rebuild_tensor_v2 = storage, rebuild
    sys.modules["torch"], sys.modules["torch._utils"] = torch, utils

    class Stored:
        pass

    class Tensor:
        def __reduce__(self):
            return rebuild, (Stored(), 0, (2, 3), (3, 1), False, collections.OrderedDict())

    class Pickler(pickle.Pickler):
        def persistent_id(self, thing):
            return ("storage", storage, "0", "cpu", 6) if isinstance(thing, Stored) else None

    stream = io.BytesIO()
    Pickler(stream, protocol=2).dump({"state_dict": collections.OrderedDict(w=Tensor()), "epoch": 3})
    return stream.getvalue()


def pytorch():
    text = torch_pickle()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as writer:
        writer.writestr("archive/data.pkl", text)
        writer.writestr("archive/data/0", bytes(24))
        writer.writestr("archive/version", "3\n")
    magic = pickle.dumps(0x1950A86A20F9469CFC6C, 2)
    system = pickle.dumps({"protocol_version": 1001, "little_endian": True}, 2)
    old = magic + pickle.dumps(1001, 2) + system + text + pickle.dumps(["0"], 2) + struct.pack("<q", 6) + bytes(24)
    evil = b"\x80\x02cposix\nsystem\nX\x04\x00\x00\x00true\x85R."
    return {"archive": archive.getvalue(), "old": old, "evil": evil, **safetensors()}


def configs():
    return {"flat": b'{"train.epochs": 3, "optimizer.lr": 1e-4}', "empty": b"{}",
            "nested": b'{"model": {"name": "vit_small", "depth": 2}, "train": {"seed": 1}}',
            "wrong": b'{"train": {"epochs": "many", "epoch": 1}}', "deep": b"[" * 3000}


def sweeps():
    return {"grid": json.dumps({"name": "a", "preset": "demo", "seeds": [0, 1],
                                "grid": {"optimizer.lr": [1e-4, 3e-4], "train.batch_size": [32]}}).encode(),
            "list": json.dumps({"name": "b", "preset": "demo", "runs": [{"train.epochs": 2}]}).encode()}


def main():
    makers = {"image": images, "tar": tars, "cifar": cifar, "safetensors": safetensors, "pytorch": pytorch,
              "config": configs, "sweep": sweeps}
    for name, make in makers.items():
        folder = pathlib.Path(sys.argv[1]) / f"{name}-corpus"
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in make().items():
            (folder / file).write_bytes(content)


if __name__ == "__main__":
    main()
