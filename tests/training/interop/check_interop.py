#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_interop.py INTEROP_TOOL MOCOSCOPE_TRAIN: this program against timm and torchvision.

Both ways: weights that they make give the same features here, and weights that a run of this program
exports are loaded there by load_state_dict(strict=True) and give the same features, to 1e-5; and the
class token's attention in the last block of a ViT is that of timm's own queries and keys.
Python is the one in MOCOSCOPE_PYTHON if that is set. Ends with 77 where a library is missing.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON = os.environ.get("MOCOSCOPE_PYTHON")
if PYTHON and Path(PYTHON).absolute() != Path(sys.executable).absolute():
    sys.exit(subprocess.run([PYTHON, *sys.argv], check=False).returncode)

try:
    import numpy
    import safetensors.torch
    import timm
    import torch
    import torchvision
except ImportError as error:
    print(f"skipped: {error}; MOCOSCOPE_PYTHON may name a Python with torch, torchvision, timm, "
          "safetensors and numpy")
    sys.exit(77)

from reference_models import class_attention, features, randomise, vit  # pylint: disable=wrong-import-position

TOLERANCE = 1e-5
TINY = {"image_size": 32, "patch_size": 8, "width": 48, "heads": 3, "depth": 3, "mlp_ratio": 2}
POOLED = {"class_token": False, "global_pool": "avg", "fc_norm": False}


def tiny_vit(**extra):
    return vit(patch=extra.pop("patch", 8), width=48, heads=3, depth=extra.pop("depth", 3), **extra)


# name: model, options of this program
IMPORTS = {
    "timm vit_tiny": (lambda: timm.create_model("vit_tiny_patch16_224", num_classes=0),
                      {"name": "vit_tiny"}),
    "timm vit_small, 12 heads, with a classifier": (
        lambda: timm.create_model("vit_small_patch16_224", num_heads=12), {"name": "vit_small"}),
    "timm vit, patch 4": (lambda: tiny_vit(patch=4), TINY | {"patch_size": 4}),
    "timm vit, mean": (lambda: tiny_vit(final_norm=False, **POOLED), TINY | {"pooling": "mean"}),
    "timm vit, norm and mean": (lambda: tiny_vit(**POOLED),
                                TINY | {"pooling": "norm_mean", "position_embedding": "learned"}),
    "timm vit, no positions": (lambda: tiny_vit(pos_embed="none"),
                               TINY | {"position_embedding": "none"}),
    "ConvStem": (lambda: tiny_vit(patch=16, stem="conv"),
                 TINY | {"patch_size": 16, "stem": "conv", "depth": 4}),
    "ViT-BN": (lambda: tiny_vit(mlp_norm="batch"), TINY | {"mlp_norm": "batch"}),
    "torchvision resnet18": (torchvision.models.resnet18, {"name": "resnet18", "image_size": 64}),
    "torchvision resnet34": (torchvision.models.resnet34, {"name": "resnet34", "image_size": 96}),
    "torchvision resnet50": (torchvision.models.resnet50, {"name": "resnet50", "image_size": 64}),
    "timm resnet50": (lambda: timm.create_model("resnet50", num_classes=0),
                      {"name": "resnet50", "image_size": 64}),
}

EXPORTS = {
    "vit": TINY,
    "vit, weight norm": TINY | {"patch_embed_weight_norm": "true", "freeze_patch_embed": "false"},
    "vit, mean": TINY | {"pooling": "mean"},
    "vit, norm and mean": TINY | {"pooling": "norm_mean", "position_embedding": "learned"},
    "vit, no positions": TINY | {"position_embedding": "none"},
    "vit_tiny": {"name": "vit_tiny", "image_size": 32, "patch_size": 4},
    "resnet18": {"name": "resnet18", "image_size": 32},
    "resnet50": {"name": "resnet50", "image_size": 32},
}


class Checker:
    def __init__(self, tool, train, folder):
        self.tool, self.train, self.folder = tool, train, Path(folder)
        self.failures = 0
        self.attention = None  # that came with the last features; None: the network has none

    def run(self, *words):
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr}{done.stdout}")
        return done.stdout

    def images(self, side):
        images = torch.randn(3, 3, side, side, generator=torch.Generator().manual_seed(9))
        safetensors.torch.save_file({"images": images}, self.folder / "images.safetensors")
        return images

    def our_features(self, weights, options):
        out = self.folder / "features.safetensors"
        self.run(self.tool, weights, self.folder / "images.safetensors", out,
                 *(f"model.{key}={value}" for key, value in options.items()))
        self.attention = safetensors.torch.load_file(out).get("attention")
        return safetensors.torch.load_file(out)["features"]

    def compare(self, name, ours, theirs):
        difference = (ours - theirs).abs().max().item()
        is_good = ours.shape == theirs.shape and difference <= TOLERANCE
        self.failures += not is_good
        print(f"{'ok  ' if is_good else 'FAIL'} {name}: {difference:.1e}", flush=True)

    def check_import(self, name, make, options):
        torch.manual_seed(3)
        model = make().eval()
        if "resnet" not in name or options["name"] == "resnet18":
            randomise(model, 5)  # deep ResNets without a training would blow up
        images = self.images(options.get("image_size", 224))
        theirs = features(model, images)
        scale = theirs.abs().max().clamp(min=1)
        for suffix in (".pth.tar", ".safetensors"):
            file = self.folder / ("weights" + suffix)
            state = model.state_dict()
            if suffix == ".pth.tar":
                torch.save({"epoch": 1, "state_dict": {"module." + key: value
                                                       for key, value in state.items()}}, file)
            else:
                safetensors.torch.save_file({k: v.contiguous() for k, v in state.items()}, file)
            self.compare(name + " " + suffix, self.our_features(file, options) / scale, theirs / scale)
        expected = class_attention(model, images)
        if (expected is None) != (self.attention is None):
            self.failures += 1
            print(f"FAIL attention of {name}: one side has none")
        elif expected is not None:
            self.compare(f"attention of {name}", self.attention, expected)

    def check_export(self, name, options):
        store = self.folder / "runs.db"
        store.unlink(missing_ok=True)
        settings = {"train.max_steps": 3, "train.batch_size": 16, "data.per_class_limit": 4,
                    "data.test_per_class_limit": 2, "evaluation.knn_every_epochs": 0,
                    "train.warmup_epochs": 0, "method.projector_hidden": 32,
                    "method.predictor_hidden": 32, "method.output_dim": 16, "model.name": "vit_tiny"}
        # of the named model, not those of the demo
        settings |= {f"model.{key}": 0 for key in ("depth", "width", "heads", "patch_size")}
        settings |= {"model." + key: value for key, value in options.items()}
        words = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        self.run(self.train, "train", "--preset", "demo", "--json", "--store", store, *words)
        for encoder in ("base", "momentum"):
            file = self.folder / "exported.safetensors"
            self.run(self.train, "export", 1, file, "--encoder", encoder, "--store", store)
            with safetensors.safe_open(file, "pt") as opened:
                metadata = opened.metadata()
            model = timm.create_model(metadata["architecture"],
                                      **json.loads(metadata["timm_arguments"])).eval()
            model.load_state_dict(safetensors.torch.load_file(file), strict=True)
            images = self.images(options["image_size"])
            theirs = features(model, images)
            plain = {k: v for k, v in options.items() if k != "patch_embed_weight_norm"}
            self.compare(f"export of {name}, {encoder}", self.our_features(file, plain), theirs)
        npy = self.folder / "features.npy"
        self.run(self.train, "export", 1, npy, "--store", store)
        vectors, labels = numpy.load(npy), numpy.load(self.folder / "features.labels.npy")
        if vectors.shape != (20, theirs.shape[1]) or vectors.dtype != numpy.float32 or labels.shape != (20,):
            self.failures += 1
            print(f"FAIL features of {name}: {vectors.shape} {vectors.dtype} {labels.shape}")


def main():
    tool, train = sys.argv[1:3]
    torch.set_num_threads(2)
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(tool, train, folder)
        for name, (make, options) in IMPORTS.items():
            checker.check_import(name, make, options)
        for name, options in EXPORTS.items():
            checker.check_export(name, options)
    print(f"{checker.failures} failures; timm {timm.__version__}, torchvision {torchvision.__version__}")
    return 1 if checker.failures else 0


if __name__ == "__main__":
    sys.exit(main())
