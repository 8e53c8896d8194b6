#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_golden.py FOLDER: writes the cases of tests/training/interop/golden.

Small networks of timm and torchvision with random weights, saved by torch.save() in each of its
formats and layouts, and the features that they give for two images.
"""

import json
import sys
from collections import OrderedDict
from pathlib import Path

import timm
import torch
import torchvision
from safetensors.torch import save_file

from reference_models import features, narrow_resnet, randomise, vit

VIT = "model.image_size=32 model.patch_size=8 model.width=16 model.heads=2 model.depth=2 model.mlp_ratio=2"
POOLED = {"class_token": False, "global_pool": "avg", "fc_norm": False}


def plain(state):
    return state


def wrapped(state):
    """As the authors of MoCo v3 save it: DistributedDataParallel, both encoders, the optimizer."""
    tensors = OrderedDict()
    for name, tensor in state.items():
        tensors["module.base_encoder." + name] = tensor
        tensors["module.momentum_encoder." + name] = tensor * 0
    tensors["module.predictor.0.weight"] = torch.ones(3, 2)
    moments = {0: {"step": 7, "exp_avg": torch.ones(4, 3)}}
    return {"epoch": 3, "arch": "vit_tiny", "state_dict": tensors,
            "optimizer": {"state": moments, "param_groups": [{"lr": 0.1, "params": [0]}]},
            "scaler": {"scale": 65536.0}}


def as_parameters(state):
    return OrderedDict((name, torch.nn.Parameter(tensor) if tensor.is_floating_point() else tensor)
                       for name, tensor in state.items())


# name: model, what this program calls it (options, or a shape for a ResNet), layout, zip or older
CASES = {
    "vit": (lambda: vit(), VIT, wrapped, True),
    "vit_old_format": (lambda: vit(depth=1), VIT + " model.depth=1", plain, False),
    "vit_patch4": (lambda: vit(patch=4, depth=1), VIT + " model.patch_size=4 model.depth=1",
                   plain, True),
    "vit_mean": (lambda: vit(depth=1, final_norm=False, **POOLED),
                 VIT + " model.depth=1 model.pooling=mean", as_parameters, True),
    "vit_norm_mean": (lambda: vit(depth=1, **POOLED),
                      VIT + " model.depth=1 model.pooling=norm_mean"
                      " model.position_embedding=learned", plain, True),
    "vit_no_positions": (lambda: vit(depth=1, pos_embed="none"),
                         VIT + " model.depth=1 model.position_embedding=none", plain, True),
    "vit_conv_stem": (lambda: vit(patch=16, depth=1, stem="conv"),
                      VIT + " model.patch_size=16 model.stem=conv", plain, True),
    "vit_bn": (lambda: vit(depth=1, mlp_norm="batch"),
               VIT + " model.depth=1 model.mlp_norm=batch", plain, True),
    "vit_weight_norm": (lambda: vit(depth=1),
                        VIT + " model.depth=1 model.patch_embed_weight_norm=true", plain, True),
    "resnet_basic": (lambda: narrow_resnet("BasicBlock", [2, 1, 1, 1], 32),
                     {"block": "basic", "blocks": [2, 1, 1, 1], "divisor": 32}, plain, False),
    "resnet_bottleneck": (lambda: narrow_resnet("Bottleneck", [1, 2, 1, 1], 32),
                          {"block": "bottleneck", "blocks": [1, 2, 1, 1], "divisor": 32},
                          plain, True),
}


def main():
    folder = Path(sys.argv[1])
    images = torch.randn(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    tensors, described = {"images": images}, {}
    for seed, (name, (make, ours, layout, is_zip)) in enumerate(CASES.items()):
        model = randomise(make(), seed)
        tensors["features/" + name] = features(model, images).contiguous()
        torch.save(layout(model.state_dict()), folder / f"{name}.pth",
                   _use_new_zipfile_serialization=is_zip)
        described[name] = ours
    save_file(tensors, folder / "features.safetensors")
    versions = {module.__name__: module.__version__ for module in (timm, torch, torchvision)}
    text = json.dumps({"cases": described, "tolerance": "atol 1e-5", "versions": versions}, indent=1)
    (folder / "cases.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
