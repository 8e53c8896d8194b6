# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks of this project as timm and torchvision build them, with weights to compare by.

Needs torch, torchvision and timm. ConvStem and ViT-BN are not in timm: there a part of its model is
replaced by what the authors of MoCo v3 describe.
"""

import timm
import torch
import torchvision
from torch import nn


def randomise(model, seed):
    """Weights and BN statistics of which every one matters."""
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            continue
        noise = torch.randn(tensor.shape, generator=generator)
        if name.endswith("running_var"):
            tensor.copy_(1 + noise.abs() / 2)
        elif name.endswith("running_mean"):
            tensor.copy_(noise / 4)
        elif tensor.dim() > 1:
            tensor.add_(noise * tensor.std() / 2 if tensor.std() > 0 else noise / 10)
        else:
            tensor.add_(noise / 10)
    return model.eval()


def conv_stem(width):
    layers, source = [], 3
    for index in range(4):
        target = width // 8 << index
        layers += [nn.Conv2d(source, target, 3, 2, 1, bias=False), nn.BatchNorm2d(target), nn.ReLU()]
        source = target
    return nn.Sequential(*layers, nn.Conv2d(source, width, 1))


class TokenBatchNorm(nn.BatchNorm1d):
    """BN over the tokens of all images."""

    def forward(self, tokens):
        return super().forward(tokens.flatten(0, 1)).view(tokens.shape)


def vit(size=32, patch=8, width=16, depth=2, heads=2, ratio=2.0, stem="standard", mlp_norm="layer",
        **extra):
    model = timm.create_model(
        "vit_tiny_patch16_224", num_classes=0, img_size=size, patch_size=patch, embed_dim=width,
        depth=depth, num_heads=heads, mlp_ratio=ratio, **extra)
    if stem == "conv":
        model.patch_embed.proj = conv_stem(width)
    if mlp_norm == "batch":
        for block in model.blocks:
            block.norm2 = TokenBatchNorm(width)
    return model


class Narrow(torchvision.models.ResNet):
    """A ResNet that fits into a test: torchvision's, every width divided."""

    def __init__(self, block, blocks, divisor):
        super().__init__(block, blocks, num_classes=10)
        stem = 64 // divisor
        self.inplanes = stem
        self.conv1 = nn.Conv2d(3, stem, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        for index, count in enumerate(blocks):
            layer = self._make_layer(block, stem << index, count, stride=1 if index == 0 else 2)
            setattr(self, f"layer{index + 1}", layer)
        self.fc = nn.Linear((stem << 3) * block.expansion, 10)


def narrow_resnet(kind, blocks, divisor):
    return Narrow(getattr(torchvision.models.resnet, kind), blocks, divisor)


@torch.no_grad()
def features(model, images):
    """What is before the classifier, in fp32."""
    if hasattr(model, "forward_head"):
        return model.forward_head(model.forward_features(images), pre_logits=True)
    classifier, model.fc = model.fc, nn.Identity()
    result = model(images)
    model.fc = classifier
    return result


@torch.no_grad()
def class_attention(model, images):
    """What the class token attends to in the last block, [N, heads, T]; None: there is no class token.

    From the queries and keys of the model's own layers; timm's fused attention does not show them.
    """
    if getattr(model, "cls_token", None) is None:
        return None
    attention = model.blocks[-1].attn
    packed = []
    handle = attention.qkv.register_forward_hook(lambda module, inputs, output: packed.append(output))
    model.forward_features(images)
    handle.remove()
    count, tokens, _ = packed[0].shape
    query, key, _ = packed[0].reshape(count, tokens, 3, attention.num_heads, -1).permute(2, 0, 3, 1, 4)
    scores = query[:, :, 0:1] @ key.transpose(-2, -1) * attention.scale
    return scores.softmax(-1).squeeze(2)
